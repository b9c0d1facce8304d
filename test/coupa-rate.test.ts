import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { startOutageStack, type OutageStack } from './support/outage-stack.ts';
import { until } from './support/until.ts';

let stack: OutageStack;
beforeAll(async () => {
  stack = await startOutageStack();
});
afterEach(() => stack.stopWorkers());
afterAll(() => stack.stop());

async function submitMany(count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await stack.coupa.submit({ chain: [201] })).approvalId);
  return ids;
}

describe('two workers', () => {
  it('send together what one would be allowed to, under a flood of reads and decisions', async () => {
    const requestsPerSecond = 20;
    const first = await stack.startWorkers({ requestsPerSecond });
    const second = await stack.startWorkers({ requestsPerSecond });
    // The newcomer knows at once; who was there before looks now and then.
    expect(second.among()).toBe(2);
    await until('the first to know of the second', () => Promise.resolve(first.among() === 2));

    const before = (await stack.coupa.requests()).length;
    const ids = await submitMany(40);
    await stack.poll();
    await Promise.all(
      ids.map(async (id) => {
        const reference = await stack.moveworks.card(id);
        await stack.api.press(reference, { prefer: 'respond-async' });
        await stack.api.waitFor(id, { outcome: 'approved' });
      }),
    );
    const flood = (await stack.coupa.requests()).slice(before).map(({ at }) => Date.parse(at));
    const lastedS = (Math.max(...flood) - Math.min(...flood)) / 1_000;
    expect(flood.length).toBeGreaterThan(200);
    const burst = 10;
    expect((flood.length - burst) / lastedS).toBeLessThan(requestsPerSecond * 1.2);
  });

  it('count once each, however many queues they poll, before another takes work', async () => {
    // Those of the test before are gone, which Temporal notices minutes later: until then there is less for each.
    const third = await stack.startWorkers();
    expect(third.among()).toBe(3);
  });
});

describe('a decision', () => {
  it('does not wait behind a flood of reads (P11)', async () => {
    // Those of the tests before still count, so that this is about 10 requests a second.
    await stack.startWorkers({ requestsPerSecond: 40 });
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.poll();
    const reference = await stack.moveworks.card(approvalId);
    const floodIds = new Set((await submitMany(60)).map(String));
    const flooding = stack.poll();
    const ofFlood = async () =>
      (await stack.coupa.requests()).filter(({ path }) => floodIds.has(path.split('/')[3] ?? ''));
    await until('the flood to begin', async () => (await ofFlood()).length > 3);

    expect((await stack.api.press(reference, { prefer: 'wait=60' })).body.status).toBe('approved');
    await flooding;
    for (const id of floodIds) await stack.moveworks.card(Number(id));
    const requests = await stack.coupa.requests();
    const written = requests.findIndex(
      ({ effect, path }) => effect !== undefined && path.includes(`/${approvalId}/`),
    );
    const isFlood = ({ path }: { path: string }) => floodIds.has(path.split('/')[3] ?? '');
    expect(written).toBeGreaterThan(0);
    expect(requests.slice(written).filter(isFlood).length).toBeGreaterThan(floodIds.size / 2);
  });
});
