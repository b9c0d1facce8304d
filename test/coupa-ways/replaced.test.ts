import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ada, said, startWays, type Ways } from '../support/coupa-ways.ts';

/** How a row comes to be gone, and whether another one takes its place. */
interface Way {
  readonly name: string;
  readonly replaced: boolean;
  act(requisitionId: number): Promise<unknown>;
}

const line = { description: 'Laptop', quantity: '2', unitPrice: '1000.00' };
const all: readonly Way[] = [
  {
    name: 'withdrawn and submitted anew, with new rows',
    replaced: true,
    act: async (id) => {
      await ways.coupa.withdraw(id);
      await ways.coupa.resubmit(id);
    },
  },
  {
    name: 'edited and submitted anew, with new rows',
    replaced: true,
    act: async (id) => {
      await ways.coupa.withdraw(id);
      await ways.coupa.edit(id, { lines: [{ ...line, unitPrice: '1200.00' }] });
      await ways.coupa.resubmit(id);
    },
  },
  { name: 'given a new chain', replaced: true, act: (id) => ways.coupa.restart(id) },
  { name: 'deleted', replaced: false, act: (id) => ways.coupa.remove(id) },
];

let ways: Ways;
beforeAll(async () => {
  ways = await startWays();
});
afterAll(() => ways.stop());

/** Ada was asked, and then it happened; nobody has looked since. */
async function after(way: Way) {
  const { requisitionId, approvalId } = await ways.submit({ chain: [ada], lines: [line] });
  const reference = await ways.card(approvalId, ada);
  await way.act(requisitionId);
  return { requisitionId, approvalId, reference };
}

/** The row that took the place of another. */
async function successorOf(requisitionId: number): Promise<number> {
  return (await ways.coupa.requisition(requisitionId)).currentApprovalId ?? 0;
}

describe('the card of a requisition that was', () => {
  it.each(all)('$name writes nothing when it is pressed before anybody noticed', async (way) => {
    const { requisitionId, approvalId, reference } = await after(way);
    expect(said(await ways.api.press(reference))).toBe('409 superseded');
    await ways.expectUnwritten(approvalId);
    if (way.replaced) await ways.expectUnwritten(await successorOf(requisitionId));
  });

  // One 404 may be an outage: an end by it is confirmed a minute later, by all of them in the same minute.
  it(
    'replaced or deleted ends as superseded, its holder is told once, and whoever is next gets a card of their own',
    { timeout: 240_000 },
    async () => {
      const gone = [];
      for (const way of all) gone.push({ way, ...(await after(way)) });
      for (const { approvalId } of gone) await ways.looked(approvalId);
      for (const { approvalId } of gone) {
        expect((await ways.api.show(approvalId)).body['outcome']).toBeUndefined();
      }
      await ways.poll();
      for (const { way, requisitionId, approvalId, reference } of gone) {
        await ways.api.waitFor(approvalId, { outcome: 'superseded' }, 120_000);
        await ways.settled(approvalId);
        expect(await ways.noticesTo(ada, requisitionId)).toEqual([
          expect.stringContaining('was submitted anew or replaced'),
        ]);
        expect(said(await ways.api.press(reference))).toBe('409 superseded');
        await ways.expectUnwritten(approvalId);
        expect(await ways.holders(approvalId)).toEqual([ada]);
        if (!way.replaced) continue;
        const next = await successorOf(requisitionId);
        expect(next).not.toBe(approvalId);
        expect(said(await ways.api.press(await ways.card(next, ada)))).toBe('200 approved');
        expect(await ways.holders(next)).toEqual([ada]);
      }
    },
  );
});
