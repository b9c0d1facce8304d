import { describe, expect, it } from 'vitest';
import { Secret } from '../../contract/secret.ts';
import { createTokenSource } from './token-source.ts';

/** A source over a clock that the test moves; `pending` are mints that have not answered, `sleeps` settling times. */
function setUp(settleMs = 0) {
  let nowMs = 0;
  let minted = 0;
  const pending: { resolve: () => void; reject: (error: Error) => void; signal: AbortSignal }[] = [];
  const sleeps: { ms: number; wake: () => void }[] = [];
  const source = createTokenSource({
    settleMs,
    now: () => nowMs,
    sleep: (ms) => new Promise((resolve) => sleeps.push({ ms, wake: resolve })),
    mint: (signal) =>
      new Promise((resolve, reject) => {
        minted += 1;
        const token = new Secret(`token-${minted}`);
        pending.push({ resolve: () => resolve({ token, lifetimeMs: 100_000 }), reject, signal });
      }),
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    source,
    pending,
    sleeps,
    turn,
    minted: () => minted,
    at: (ms: number) => {
      nowMs = ms;
    },
    answer: async (error?: Error) => {
      const mint = pending.shift();
      if (error) mint?.reject(error);
      else mint?.resolve();
      await turn();
    },
    shown: async () => (await source.token()).reveal(),
  };
}

async function withFirstToken(settleMs = 0) {
  const setup = setUp(settleMs);
  const first = setup.shown();
  await setup.answer();
  setup.sleeps.shift()?.wake();
  expect(await first).toBe('token-1');
  return setup;
}

describe('createTokenSource', () => {
  it('mints once for callers that come together (T1)', async () => {
    const { shown, answer, minted } = setUp();
    const callers = [shown(), shown(), shown()];
    await answer();
    expect(await Promise.all(callers)).toEqual(['token-1', 'token-1', 'token-1']);
    expect(minted()).toBe(1);
  });

  it('hands a new token out only once it has settled (T2)', async () => {
    const { shown, answer, sleeps, turn } = setUp(5000);
    let given: string | undefined;
    const caller = shown().then((token) => (given = token));
    await answer();
    await turn();
    expect(sleeps.map((sleep) => sleep.ms)).toEqual([5000]);
    expect(given).toBeUndefined();
    sleeps[0]?.wake();
    expect(await caller).toBe('token-1');
  });

  it('keeps serving the old token while the new one is minted and settles (T3)', async () => {
    const { shown, answer, sleeps, at, turn } = await withFirstToken(5000);
    at(80_000);
    expect(await shown()).toBe('token-1');
    await answer();
    expect(await shown()).toBe('token-1');
    sleeps.shift()?.wake();
    await turn();
    expect(await shown()).toBe('token-2');
  });

  it('does not renew before its time', async () => {
    const { shown, at, minted } = await withFirstToken();
    at(79_999);
    expect(await shown()).toBe('token-1');
    expect(minted()).toBe(1);
  });

  it('fails nobody when a renewal fails, and does not ask again at every call (T3)', async () => {
    const { shown, answer, at, minted } = await withFirstToken();
    at(80_000);
    await shown();
    await answer(new Error('outage'));
    expect(await shown()).toBe('token-1');
    expect(minted()).toBe(2);
    at(86_000);
    expect(await shown()).toBe('token-1');
    expect(minted()).toBe(3);
    await answer();
    expect(await shown()).toBe('token-3');
  });

  it('waits for a new token when the old one is about to expire', async () => {
    const { shown, answer, at } = await withFirstToken();
    at(95_000);
    const caller = shown();
    await answer();
    expect(await caller).toBe('token-2');
  });

  it('passes the failure on when there is no token to fall back on, and tries anew at the next call', async () => {
    const { shown, answer } = setUp();
    const caller = shown();
    caller.catch(() => undefined);
    await answer(new Error('outage'));
    await expect(caller).rejects.toThrow('outage');
    const next = shown();
    await answer();
    expect(await next).toBe('token-2');
  });

  it('replaces a token that was refused, but not the one that has already replaced it', async () => {
    const { source, shown, answer, minted } = await withFirstToken();
    const refused = await source.token();
    source.invalidate(refused);
    const next = shown();
    await answer();
    expect(await next).toBe('token-2');
    source.invalidate(refused);
    expect(await shown()).toBe('token-2');
    expect(minted()).toBe(2);
  });

  it('gives a token that is refused while young another settling time, and an older one none (T4)', async () => {
    const { source, at } = await withFirstToken(5000);
    const token = await source.token();
    at(14_999);
    expect(source.restMs(token)).toBe(5000);
    at(15_000);
    expect(source.restMs(token)).toBe(0);
  });

  it('gives no time to a token that was replaced, nor where none needs to settle (T4)', async () => {
    const { source } = await withFirstToken(5000);
    const token = await source.token();
    source.invalidate(token);
    expect(source.restMs(token)).toBe(0);
    const unsettled = await withFirstToken();
    expect(unsettled.source.restMs(await unsettled.source.token())).toBe(0);
  });

  it("lets one caller's abort end only its own wait", async () => {
    const { source, shown, answer } = setUp();
    const controller = new AbortController();
    const leaving = source.token(controller.signal);
    const staying = shown();
    controller.abort(new Error('cancelled'));
    await expect(leaving).rejects.toThrow('cancelled');
    await answer();
    expect(await staying).toBe('token-1');
  });

  it('aborts the mint when everyone who waited for it has left', async () => {
    const { source, pending } = setUp();
    const controller = new AbortController();
    const leaving = source.token(controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(leaving).rejects.toThrow('cancelled');
    expect(pending.map((mint) => mint.signal.aborted)).toEqual([true]);
  });
});
