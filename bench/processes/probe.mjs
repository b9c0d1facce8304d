/**
 * Loaded into the measured process before its own code, in every thread of it; plain JavaScript, because threads do
 * not load TypeScript. Collects garbage in all threads when asked, since workflows live in a thread of their own
 * whose heap the main one cannot collect, and tells how much memory is left. Ends the process, in its own order,
 * when the bench is gone.
 */
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

const threadsAnswerWithinMs = 1_500;
const channel = new BroadcastChannel('countersign-bench-memory');
channel.unref();

function collect() {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const { used_heap_size: usedBytes, total_heap_size: totalBytes } = getHeapStatistics();
  return { threadId, usedBytes, totalBytes };
}

async function readMemory() {
  const heaps = [];
  channel.onmessage = ({ data }) => {
    if (data !== 'collect') heaps.push(data);
  };
  channel.postMessage('collect');
  heaps.push(collect());
  await sleep(threadsAnswerWithinMs);
  return { rssBytes: process.memoryUsage.rss(), heaps };
}

if (!isMainThread) {
  channel.onmessage = ({ data }) => {
    if (data === 'collect') channel.postMessage(collect());
  };
} else if (process.send !== undefined) {
  process.on('message', () => {
    void readMemory().then((memory) => process.send?.({ memory }));
  });
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
