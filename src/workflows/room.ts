/**
 * So many messages about one requisition are scheduled at once: what a workflow asks Temporal for in one step, and what
 * one request to Temporal may hold, have their bounds, and each message carries the whole sheet.
 */
export const messagesAtOnce = 20;

/**
 * Places for work that is not to begin all at once. Where one is free the work begins in the same step; otherwise
 * when one becomes free. `until` waits for a condition, and rejects where the waiting is cancelled.
 */
export function createRoom(
  places: number,
  until: (isFree: () => boolean) => Promise<void>,
): <Result>(begin: () => Promise<Result>) => Promise<Result> {
  let taken = 0;
  const isFree = () => taken < places;
  const leave = () => void (taken -= 1);

  function enter<Result>(begin: () => Promise<Result>): Promise<Result> {
    taken += 1;
    const work = begin();
    work.then(leave, leave);
    return work;
  }

  async function enterLater<Result>(begin: () => Promise<Result>): Promise<Result> {
    // Several may have waited for the same place: who comes first has it.
    while (!isFree()) await until(isFree);
    return enter(begin);
  }

  return (begin) => (isFree() ? enter(begin) : enterLater(begin));
}
