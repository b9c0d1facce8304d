/** Tells the bench that this process is ready and ends with it, however it ends. */
export function serveParent(ready: object): void {
  const end = () => process.exit(0);
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  process.send?.({ ready });
}
