import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { TerminalError, UnknownOutcomeError } from '../../connectors/http/errors.ts';
import { failureOf } from '../../connectors/http/test-server.ts';
import { handedOverBeforeType } from '../../contract/concur-work.ts';
import { begunText } from './notes.ts';
import { tenantCredential } from '../coupa/fixtures/tenant.ts';
import { handOffTenant } from './test-hand-off.ts';
import { anyRule } from './test-orderable.ts';

let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
let coupa: ReturnType<typeof handOffTenant>;
beforeEach(async () => {
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
  coupa = handOffTenant(sandbox.url);
});
afterEach(() => sandbox.close());

/** Lets so many requests for comments pass before what comes next meets the next one. */
const letPass = (times: number) => coupa.fault({ route: 'comments', kind: 'delay', delayMs: 0, times });

describe('making a purchase request of a requisition', () => {
  it('takes one that was approved in Coupa without us as it is now', async () => {
    const line = {
      description: 'Desk',
      quantity: '2',
      unitPrice: '649.50',
      needBy: '2026-12-24',
      partNumber: 'D-2',
    };
    const id = await coupa.approved({ title: 'Desks', lines: [line] });
    expect(await coupa.handOver(id, 'run-a').prepare()).toEqual({
      kind: 'ready',
      notify: 'rhea.quester@example.test',
      document: {
        userEmail: 'rhea.quester@example.test',
        description: 'Desks',
        currencyCode: 'USD',
        comments: `Coupa requisition ${id}`,
        lineItems: [
          {
            purchaseType: 'GOODS',
            vendorCode: 'V-1',
            vendorAddressCode: 'V-1-01',
            description: 'Desk',
            quantity: '2.0',
            unitPrice: '649.50',
            neededByDate: '2026-12-24',
            supplierPartId: 'D-2',
          },
        ],
      },
    });
    expect(await coupa.comments(id)).toEqual([]);
  });

  it('says everything that the mapping or the requisition lacks', async () => {
    const id = await coupa.approved({
      lines: [
        { description: 'Desk', unitPrice: '1', supplier: 'Upright Office' },
        { description: 'Chair', unitPrice: '1', supplier: null, currency: 'EUR' },
        { description: 'Lamp', unitPrice: '1', commodity: 'Lighting' },
      ],
    });
    const prepared = await coupa.handOver(id, 'run-a').prepare();
    const problems = prepared.kind === 'incomplete' ? prepared.problems : [];
    expect(problems.map(({ line, field }) => [line, field])).toEqual([
      [undefined, 'currencyCode'],
      [1, 'vendorCode'],
      [2, 'vendorCode'],
      [3, 'purchaseType'],
    ]);
  });

  it('is not wanted of one that Coupa has ordered meanwhile, that waits again, that is gone, or that the rule leaves out', async () => {
    const ordered = await coupa.approved();
    await coupa.order(ordered);
    const { requisitionId: waiting } = await coupa.submit({ chain: [201] });
    const other = await coupa.approved();
    const rule = { ...anyRule, suppliers: ['big prints'] };
    expect([
      await coupa.handOver(ordered, 'run-a').prepare(),
      await coupa.handOver(waiting, 'run-a').prepare(),
      await coupa.handOver(999_999, 'run-a').prepare(),
      await coupa.handOver(other, 'run-a', { rule }).prepare(),
    ]).toEqual([
      { kind: 'notWanted', why: 'the requisition is ordered in Coupa, and no longer approved' },
      { kind: 'notWanted', why: 'the requisition is pending approval in Coupa, and no longer approved' },
      { kind: 'notWanted', why: 'Coupa does not know the requisition any more' },
      { kind: 'notWanted', why: 'CONCUR_HANDOFF_WHEN does not select the requisition' },
    ]);
  });

  it('may be repeated by the hand-over that has begun, and by no other one', async () => {
    const id = await coupa.approved();
    const first = coupa.handOver(id, 'run-a');
    await first.begin();
    expect(await first.prepare()).toMatchObject({ kind: 'ready' });
    expect(await coupa.handOver(id, 'run-b').prepare()).toEqual({ kind: 'handedOverBefore', notes: 1 });
  });

  it('may be repeated by another one once a human has said that nothing came of the first', async () => {
    const id = await coupa.approved();
    await coupa.handOver(id, 'run-a').begin();
    const second = coupa.handOver(id, 'run-b', { forgiven: 1 });
    expect(await second.prepare()).toMatchObject({ kind: 'ready' });
    expect(await second.begin()).toBe('linked');
    expect(await second.prepare()).toMatchObject({ kind: 'ready' });
    // What was said of the first comment says nothing of the second.
    expect(await coupa.handOver(id, 'run-c', { forgiven: 1 }).prepare()).toEqual({
      kind: 'handedOverBefore',
      notes: 2,
    });
  });

  it('is not wanted again of one that was ordered, reopened and approved again', async () => {
    const id = await coupa.approved();
    const first = coupa.handOver(id, 'run-a');
    await first.begin();
    await first.created('100417');
    await coupa.approveAgain(id);
    expect(await coupa.handOver(id, 'run-b').prepare()).toEqual({
      kind: 'notWanted',
      why: 'a comment in Coupa names the purchase request that came of it already',
    });
  });

  it('is wanted of one that was reopened and approved again before anything was begun', async () => {
    const id = await coupa.approved();
    await coupa.approveAgain(id);
    expect(await coupa.handOver(id, 'run-b').prepare()).toMatchObject({ kind: 'ready' });
  });

  it('names the scope where comments may not be read, and goes on without them for everything else', async () => {
    const id = await coupa.approved();
    await coupa.settings({
      grantedScopes: [
        'core.approval.read',
        'core.approval.write',
        'core.requisition.read',
        'core.user.read',
        'core.user_group.read',
      ],
    });
    const failure = await failureOf(coupa.handOver(id, 'run-a').prepare());
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toContain('core.comment.read');
    expect(await coupa.client().getOrderable(id)).toMatchObject({ id, status: 'approved' });
    expect((await coupa.requests()).filter(({ path }) => path.endsWith('/comments'))).toEqual([]);
  });

  it('finds our comment behind many others', async () => {
    const id = await coupa.approved();
    for (let count = 0; count < 60; count += 1) await coupa.comment(id, `Remark ${count}`);
    await coupa.handOver(id, 'run-a').begin();
    expect(await coupa.handOver(id, 'run-b').prepare()).toEqual({ kind: 'handedOverBefore', notes: 61 });
  });
});

describe('the comment that joins a requisition to its purchase request', () => {
  it('is written once, however often it is asked for', async () => {
    const id = await coupa.approved();
    const handOver = coupa.handOver(id, 'run-a');
    expect([await handOver.begin(), await handOver.begin()]).toEqual(['linked', 'already linked']);
    expect([await handOver.created('100417'), await handOver.created('100417')]).toEqual([
      'linked',
      'already linked',
    ]);
    expect(await coupa.comments(id)).toEqual([
      begunText(id, 'run-a'),
      `[cs] SAP Concur purchase request 100417, ref:coupa-${id}`,
    ]);
  });

  it.each(['dropAfter', 'statusAfter', 'truncated'])(
    'whose answer was lost (%s) is read again and not repeated (P5)',
    async (kind) => {
      const id = await coupa.approved();
      const handOver = coupa.handOver(id, 'run-a');
      await letPass(1);
      await coupa.fault({ route: 'comments', kind, status: 502 });
      expect(await failureOf(handOver.begin())).toBeInstanceOf(UnknownOutcomeError);
      expect(await handOver.begin()).toBe('already linked');
      await letPass(1);
      await coupa.fault({ route: 'comments', kind, status: 502 });
      expect(await failureOf(handOver.created('7'))).toBeInstanceOf(UnknownOutcomeError);
      expect(await handOver.created('7')).toBe('already linked');
      expect(await coupa.comments(id)).toHaveLength(2);
    },
  );

  it('that did not arrive is written by the next attempt', async () => {
    const id = await coupa.approved();
    const handOver = coupa.handOver(id, 'run-a');
    await letPass(1);
    await coupa.fault({ route: 'comments', kind: 'dropBefore' });
    expect(await failureOf(handOver.begin())).toBeInstanceOf(UnknownOutcomeError);
    expect(await handOver.begin()).toBe('linked');
    expect(await coupa.comments(id)).toHaveLength(1);
  });

  it('lets exactly one of several hand-overs go on that begin at the same time', async () => {
    const id = await coupa.approved();
    const claims = ['run-a', 'run-b', 'run-c'];
    // Every one has read that nobody has begun, before any has written.
    const prepared = await Promise.all(claims.map((claim) => coupa.handOver(id, claim).prepare()));
    expect(prepared.map(({ kind }) => kind)).toEqual(['ready', 'ready', 'ready']);
    // All three read before the first one writes, and write before the first one reads again.
    await coupa.settings({ latencyMs: 300 });
    const begun = await Promise.allSettled(claims.map((claim) => coupa.handOver(id, claim).begin()));
    const linked = begun.filter((each) => each.status === 'fulfilled');
    const refused = begun.filter((each) => each.status === 'rejected');
    expect(linked.map(({ value }) => value)).toEqual(['linked']);
    expect(refused.map(({ reason }) => reason as unknown)).toEqual([
      expect.objectContaining({ type: handedOverBeforeType, nonRetryable: true }),
      expect.objectContaining({ type: handedOverBeforeType, nonRetryable: true }),
    ]);
  });

  it('is refused to whoever comes second, who writes nothing', async () => {
    const id = await coupa.approved();
    await coupa.handOver(id, 'run-a').begin();
    expect(await failureOf(coupa.handOver(id, 'run-b').begin())).toMatchObject({
      type: handedOverBeforeType,
      nonRetryable: true,
    });
    expect(await coupa.comments(id)).toEqual([begunText(id, 'run-a')]);
  });

  it('names the scope where it may not be written', async () => {
    const id = await coupa.approved();
    const client = coupa.client({ optionalScopes: ['core.comment.read'] });
    const failure = await failureOf(client.addComment(id, 'x'));
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toContain('core.comment.write');
  });
});
