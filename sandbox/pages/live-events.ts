/** Changes within this time reach the page as one. */
const GATHER_MS = 100;
/** Proxies and browsers give up on a connection that stays silent for long. */
const KEEP_ALIVE_MS = 20_000;

/** What can be listened to; returns the way to stop. */
export type Subscribe = (listener: () => void) => () => void;

/**
 * A stream of server-sent events: `change` at the start, so that a page that was away catches up, and after each
 * change. It carries no data, as the page reads what it shows. Ends with the signal, or when the browser leaves.
 */
export function liveEvents(subscribe: Subscribe, ended: AbortSignal): Response {
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const tell = () => send('event: change\ndata: {}\n\n');
      let gathering: NodeJS.Timeout | undefined;
      const unsubscribe = subscribe(() => {
        gathering ??= setTimeout(() => {
          gathering = undefined;
          tell();
        }, GATHER_MS);
      });
      const alive = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS);
      const end = () => {
        stop();
        controller.close();
      };
      stop = () => {
        unsubscribe();
        clearTimeout(gathering);
        clearInterval(alive);
        ended.removeEventListener('abort', end);
      };
      ended.addEventListener('abort', end);
      send('retry: 2000\n\n');
      tell();
      if (ended.aborted) end();
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
  });
}
