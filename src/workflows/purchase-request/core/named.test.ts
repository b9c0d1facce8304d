import { describe, expect, it } from 'vitest';
import type { AttentionReason, Resolution } from '../../../contract/purchase-request.ts';
import { recordOf, memoOf } from './publish.ts';
import { hear, heard } from './resolve.ts';
import type { PurchaseCore } from './state.ts';
import { step } from './step.ts';
import {
  again,
  creating,
  fails,
  finds,
  findsNothing,
  followed,
  handOver,
  minute,
  storyOf,
  waits,
} from './test-purchases.ts';

const answer = (attention: number, resolution: Resolution) => ({ attention, resolution, by: 'ops' });
const notCreated = { kind: 'notCreated' } as const;
const name = (concurId: string) => ({ kind: 'created', concurId }) as const;
const looking = (core: PurchaseCore): PurchaseCore => ({ ...core, task: { kind: 'look' } });

/** One whose answer is lost, and of which a human says at the beginning that it is in Concur as `slip`. */
function named(): PurchaseCore {
  const lost = step(creating(), fails('no answer came; read before repeating'), minute(0)).core;
  return looking(hear(lost, answer(1, name('slip')), minute(0)));
}

/** The same, once Concur knows none of it and a human is asked again. */
const unknown = (): PurchaseCore => step(named(), findsNothing, minute(2.5)).core;

/** One that Concur has, or has accepted, and of which a human is asked. */
function asked(reason: AttentionReason, changed: Partial<PurchaseCore> = {}): PurchaseCore {
  const attention = { n: 1, reason, since: minute(1), what: 'look' };
  return followed({ attentions: 1, attention, ...changed });
}

describe('an id that a human named, and that Concur does not know', () => {
  it('is asked for anew after two minutes, not after the half hour of one that Concur answered itself', () => {
    expect(step(named(), findsNothing, minute(2)).core.attention).toBeUndefined();
    expect(unknown().attention).toMatchObject({ n: 2, reason: 'notFound' });
    expect(step(followed(), findsNothing, minute(2.5)).core.attention).toBeUndefined();
  });

  it('is said to be unknown, and not to be what Concur accepted', () => {
    const what = unknown().attention?.what ?? '';
    expect(what).toContain('SAP Concur knows none under the id that was named, slip');
    expect(what).not.toContain('accepted');
    // The create is as unknown as before: what tells of it is told again.
    for (const part of [minute(0), 'k-1', 'ref:x1', '{"attention":2,"outcome":"notCreated"}']) {
      expect(what).toContain(part);
    }
    const { core } = again(named(), fails('HTTP 403', true), 3);
    expect(core.attention).toMatchObject({ n: 2, reason: 'access' });
    expect(core.attention?.what).toContain('A human named it as slip');
  });

  it('is in the story once, however often it is looked for', () => {
    const story = storyOf(again(named(), findsNothing, 9).core);
    expect(story.match(/Concur knows no purchase request slip/g)).toHaveLength(1);
  });

  it('is corrected by another id, for which the time begins anew', () => {
    const core = looking(hear(unknown(), answer(2, name('right')), minute(5)));
    expect(core).toMatchObject({ concurId: 'right', phase: 'accepted' });
    expect(step(core, findsNothing, minute(7)).core.attention).toBeUndefined();
    expect(step(core, findsNothing, minute(7.5)).core.attention).toMatchObject({ n: 3, reason: 'notFound' });
    expect(step(core, finds({ number: '100417' }), minute(6)).core.phase).toBe('created');
  });

  it('needs nobody any more as soon as Concur knows it', () => {
    expect(step(looking(unknown()), finds({ number: '1' }), minute(9)).core.attention).toBeUndefined();
  });

  it('is forgotten where only its number is found: neither record nor requisition tells of it', () => {
    const { origin } = handOver();
    const next = heard({ ...unknown(), origin }, answer(2, { kind: 'created', number: '100417' }), minute(5));
    expect(next.core).toMatchObject({ phase: 'unfollowed', status: { number: '100417' } });
    expect(recordOf(next.core)).not.toHaveProperty('concurId');
    expect(next.beside[0]?.input).toMatchObject({ about: 'created', number: '100417' });
    expect(next.beside[0]?.input).not.toHaveProperty('concurId');
  });

  it('leads to another create by an explicit answer to that question alone (P5)', () => {
    const old = hear(unknown(), answer(1, notCreated), minute(5));
    expect({ ...old, timeline: [] }).toEqual({ ...unknown(), timeline: [] });
    expect(waits(old, 2.5)).toBe(24 * 60);
    const next = hear(unknown(), answer(2, notCreated), minute(5));
    expect(next).toMatchObject({ phase: 'creating', task: { kind: 'create' } });
    expect([next.concurId, next.named]).toEqual([undefined, undefined]);
  });
});

describe('an id that is named in place of one that Concur answered or showed', () => {
  const shown = { number: '100417', exceptions: [], orders: [] };

  it.each([
    ['one that it showed', asked('notOrderedInTime', { status: shown, seenCreated: true })],
    ['one that it showed once', asked('notFound', { status: shown })],
    ['one that it accepted, and does not let be read', asked('access')],
  ])('never leads to another create, since that one exists (P5): %s', (_, before) => {
    const slip = looking(hear(before, answer(1, name('slip')), minute(50)));
    const { core } = step(slip, findsNothing, minute(53));
    expect(core.attention).toMatchObject({ n: 2, reason: 'notFound' });
    expect(core.attention?.what).toContain('before that it was followed as c-1');
    expect(core.attention?.what).not.toContain('notCreated');
    expect(memoOf(core)).toMatchObject({ concurId: 'slip', knownAs: 'c-1' });
    const next = hear(core, answer(2, notCreated), minute(60));
    expect({ ...next, timeline: [] }).toEqual({ ...core, timeline: [] });
    // A second slip does not make it forgotten.
    const other = looking(hear(core, answer(2, name('slip-2')), minute(60)));
    expect(step(other, findsNothing, minute(63)).core.attention?.what).not.toContain('notCreated');
  });

  it('may lead to one where Concur never knew that one either', () => {
    const slip = looking(hear(asked('notFound'), answer(1, name('slip')), minute(50)));
    const { core } = step(slip, findsNothing, minute(53));
    expect(hear(core, answer(2, notCreated), minute(60)).task).toEqual({ kind: 'create' });
  });
});
