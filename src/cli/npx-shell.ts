const lookEveryMs = 250;

/**
 * Calls `ended` once when npx has gone while it runs this process. npx does that in a shell, which a SIGTERM to npx
 * ends without passing it on: this process would go on alone. Returns what ends the watch.
 */
export function watchNpx(ended: () => void): () => void {
  if (process.env['npm_lifecycle_event'] !== 'npx') return () => undefined;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    ended();
  }, lookEveryMs).unref();
  return () => {
    clearInterval(watch);
  };
}
