import { Context, heartbeat } from '@temporalio/activity';

const usualMs = 3_000;

/**
 * Runs an activity's work and tells Temporal meanwhile that it lives. A worker that is killed in the middle is
 * noticed by the missing heartbeat, not only when the whole time of the activity is over: the work is a
 * decision's, and somebody waits for it (P11). To be called from within an activity that has a heartbeat time-out
 * of several times that.
 *
 * @param work what it tells `beat` is what the next attempt finds in its heartbeat details, until it tells more
 */
export async function beating<T>(
  work: (beat: (details: unknown) => void) => Promise<T>,
  everyMs = usualMs,
): Promise<T> {
  let last: unknown = Context.current().info.heartbeatDetails;
  const timer = setInterval(() => {
    heartbeat(last);
  }, everyMs);
  try {
    return await work((details) => {
      last = details;
      heartbeat(details);
    });
  } finally {
    clearInterval(timer);
  }
}
