/**
 * Does `work` with each item, at most `atOnce` of them at a time, and begins no more after the first failure or once
 * `signal` is aborted. Throws that failure, or the signal's reason, when nothing is under way any more.
 */
export async function each<T>(
  items: readonly T[],
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    try {
      for (const item of left) {
        if (failed) return;
        signal.throwIfAborted();
        await work(item);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  const failure = lanes.find((each) => each.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
