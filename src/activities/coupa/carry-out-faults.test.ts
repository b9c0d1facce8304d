import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { coupaControl, type Fault } from '../../../test/support/sandbox-control.ts';
import { until } from '../../../test/support/until.ts';
import {
  decisionOf,
  isWrite,
  readsBeforeWriting,
  tenantCredential,
  tenantWithApproval,
  type Call,
} from './fixtures/tenant.ts';

let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
beforeAll(async () => {
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
});
afterEach(() => coupaControl(sandbox.url).clearFaults());
afterAll(() => sandbox.close());

const setUp = (options?: Parameters<typeof tenantWithApproval>[1]) =>
  tenantWithApproval(sandbox.url, options);
const writes = (call: Call | undefined) => call?.requests.filter(isWrite).length;

describe('a write whose answer is lost after the effect (P5)', () => {
  it.each<[string, Omit<Fault, 'route'>]>([
    ['a gateway answers 502', { kind: 'statusAfter', status: 502 }],
    ['a gateway answers 504', { kind: 'statusAfter', status: 504 }],
    ['the connection breaks', { kind: 'dropAfter' }],
    ['the answer is cut off', { kind: 'truncated' }],
    ['the answer is XML', { kind: 'xml' }],
    ['a proxy makes a 400 of it', { kind: 'statusAfter', status: 400 }],
  ])('is recognised by its marker in the same call when %s', async (_, fault) => {
    const tenant = await setUp();
    await tenant.coupa.fault({ route: 'approve', ...fault });
    const call = await tenant.attempt();
    expect(call.result).toMatchObject({ kind: 'carriedOut', standing: { userId: 201 } });
    expect(writes(call)).toBe(1);
    expect(readsBeforeWriting(call)).toBe(true);
    expect(await tenant.effects()).toHaveLength(1);
  });

  it('is recognised when no answer comes in time', async () => {
    const tenant = await setUp({ client: { timeoutMs: 1_000 } });
    tenant.around.afterWrite = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('hung up')), { once: true });
      });
    const call = await tenant.attempt();
    expect(call.result?.kind).toBe('carriedOut');
    expect(writes(call)).toBe(1);
    expect(await tenant.effects()).toHaveLength(1);
  });

  it('is found by the next call when Coupa is down right after it', async () => {
    const tenant = await setUp();
    await tenant.coupa.fault({ route: 'approve', kind: 'dropAfter' });
    tenant.around.beforeWrite = () => tenant.coupa.fault({ route: 'approval', kind: 'html', times: 2 });
    const calls = await tenant.untilReturned();
    expect(calls).toHaveLength(3);
    expect(calls.map(writes)).toEqual([1, 0, 0]);
    expect(calls.at(-1)?.result?.kind).toBe('carriedOut');
    expect(await tenant.effects()).toHaveLength(1);
  });

  it('does not claim what somebody else did while the outcome was unknown', async () => {
    const tenant = await setUp();
    await tenant.coupa.fault({ route: 'approve', kind: 'dropBefore' });
    tenant.around.beforeWrite = () =>
      tenant.coupa.decide(tenant.approvalId, { action: 'approve', userId: 201, reason: 'by hand' });
    const calls = await tenant.untilReturned();
    expect(calls.at(-1)?.result).toEqual({
      kind: 'moved',
      observation: { kind: 'ended', status: 'approved', ours: false },
    });
    expect(await tenant.effects()).toHaveLength(0);
  });
});

describe('a write that had no effect (P5)', () => {
  it.each<[string, Omit<Fault, 'route'>, string]>([
    ['Coupa answers 502', { kind: 'status', status: 502 }, 'UnknownOutcomeError'],
    ['Coupa answers 504', { kind: 'status', status: 504 }, 'UnknownOutcomeError'],
    ['the connection breaks', { kind: 'dropBefore' }, 'UnknownOutcomeError'],
    ['a maintenance page comes', { kind: 'html' }, 'UnknownOutcomeError'],
    ['a redirect to a login page comes', { kind: 'redirect' }, 'TerminalError'],
  ])('is not repeated in the same call, only after a new read, when %s', async (_, fault, name) => {
    const tenant = await setUp();
    await tenant.coupa.fault({ route: 'approve', ...fault });
    const calls = await tenant.untilReturned();
    expect(calls.map(writes)).toEqual([1, 1]);
    expect(calls[0]?.error).toMatchObject({ name });
    expect(calls[1]?.result?.kind).toBe('carriedOut');
    expect(calls.every(readsBeforeWriting)).toBe(true);
    expect(await tenant.effects()).toHaveLength(1);
  });

  it('has one effect even when the request that timed out still arrives after its repeat', async () => {
    const tenant = await setUp({ client: { timeoutMs: 1_000 } });
    await tenant.coupa.fault({ route: 'approve', kind: 'delay', delayMs: 3_000 });
    const calls = await tenant.untilReturned();
    expect(calls[0]?.error).toMatchObject({ name: 'UnknownOutcomeError' });
    expect(calls.at(-1)?.result).toMatchObject({ kind: 'carriedOut', standing: { userId: 201 } });
    await until('both writes to be answered', async () =>
      (await tenant.coupa.requests())
        .filter(({ path }) => path === `/api/approvals/${tenant.approvalId}/approve`)
        .every(({ status }) => status !== null),
    );
    expect(await tenant.effects()).toHaveLength(1);
  });

  it.each([
    ['with a Retry-After', { retryAfter: '7' }, 7_000],
    ['without a Retry-After', {}, undefined],
  ])('waits as Coupa asks after a 429 %s, and then writes', async (_, more, retryAfterMs) => {
    const tenant = await setUp();
    await tenant.coupa.fault({ route: 'approve', kind: 'status', status: 429, ...more });
    const [first, second] = await tenant.untilReturned();
    expect(first?.error).toMatchObject({ name: 'RetryableError', status: 429, retryAfterMs });
    expect(second?.result?.kind).toBe('carriedOut');
    expect(await tenant.effects()).toHaveLength(1);
  });
});

describe('the credential', () => {
  it('is minted anew after a 401 on a read, within the same call', async () => {
    const tenant = await setUp();
    await tenant.coupa.expireTokens();
    const call = await tenant.attempt();
    expect(call.result?.kind).toBe('carriedOut');
    expect(call.requests.map(({ status }) => status)).toEqual([401, 200, 200, 200, 200]);
  });

  it('is minted anew after a 401 on the write, which is then made with effect once', async () => {
    const tenant = await setUp();
    tenant.around.beforeWrite = async () => {
      delete tenant.around.beforeWrite;
      await tenant.coupa.expireTokens();
    };
    const call = await tenant.attempt();
    expect(call.result?.kind).toBe('carriedOut');
    expect(writes(call)).toBe(2);
    expect(call.requests.filter(({ path }) => path === '/oauth2/token')).toHaveLength(1);
    expect(await tenant.effects()).toHaveLength(1);
  });

  it('that stays refused ends the call without an effect, for somebody to mend', async () => {
    const tenant = await setUp();
    await tenant.coupa.fault({ route: 'approve', kind: 'status', status: 401, times: 2 });
    const call = await tenant.attempt();
    expect(call.error).toMatchObject({ name: 'TerminalError', status: 401 });
    expect(await tenant.effects()).toHaveLength(0);
  });
});

describe('whatever goes wrong on the way', () => {
  const status = (...codes: number[]) => fc.constantFrom(...codes);
  /** Every way to fail but an honest no of Coupa: that is an answer, not a fault. */
  const anyFault = fc.oneof(
    fc.record({ kind: fc.constant('status'), status: status(401, 403, 408, 429, 500, 502, 503, 504) }),
    fc.record({ kind: fc.constant('statusAfter'), status: status(401, 403, 408, 429, 500, 502, 503, 504) }),
    fc.record({ kind: fc.constantFrom('dropBefore', 'dropAfter', 'html', 'redirect', 'truncated', 'xml') }),
    fc.record({ kind: fc.constant('delay'), delayMs: fc.nat({ max: 3 }) }),
  );
  /** A refusal made of a write that happened: a read so answered would be a lie about Coupa's state. */
  const falseRefusal = fc.record({ kind: fc.constant('statusAfter'), status: status(400, 404, 409, 422) });

  it('a decision that comes back carried out had exactly one effect, and one that had it comes back (P5)', async () => {
    const action = fc.constantFrom('approve' as const, 'reject' as const);
    const scenario = action.chain((verb) =>
      fc.record({
        action: fc.constant(verb),
        decisionAnswer: fc.constantFrom('approval', 'requisition', 'empty204'),
        faults: fc.array(
          fc.oneof(
            fc
              .record({ route: fc.constantFrom('token', 'approval', 'requisition', verb), fault: anyFault })
              .map(({ route, fault }): Fault => ({ route, ...fault })),
            falseRefusal.map((fault): Fault => ({ route: verb, ...fault })),
          ),
          { maxLength: 8 },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(scenario, async ({ action: verb, decisionAnswer, faults }) => {
        const tenant = await setUp();
        try {
          await tenant.coupa.settings({ decisionAnswer });
          for (const fault of faults) await tenant.coupa.fault(fault);
          const calls = await tenant.untilReturned(decisionOf({ action: verb }), faults.length + 1);
          expect(calls.at(-1)?.result).toMatchObject({
            kind: 'carriedOut',
            standing: { action: verb, userId: 201 },
          });
          expect(calls.every(readsBeforeWriting)).toBe(true);
          expect(await tenant.effects()).toHaveLength(1);
          expect((await tenant.row()).status).toBe(verb === 'approve' ? 'approved' : 'rejected');
        } finally {
          await tenant.coupa.clearFaults();
        }
      }),
      { numRuns: 60 },
    );
  });
});
