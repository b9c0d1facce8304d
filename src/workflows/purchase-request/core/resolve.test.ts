import { describe, expect, it } from 'vitest';
import type { AttentionReason, Resolution } from '../../../contract/purchase-request.ts';
import { hear, isResolving } from './resolve.ts';
import type { PurchaseCore } from './state.ts';
import { step } from './step.ts';
import { creating, fails, followed, handOver, minute, storyOf } from './test-purchases.ts';

const answer = (attention: number, resolution: Resolution) => ({ attention, resolution, by: 'ops' });
const notCreated = { kind: 'notCreated' } as const;

function asked(reason: AttentionReason, changed: Partial<PurchaseCore> = {}): PurchaseCore {
  const attention = { n: 3, reason, since: minute(1), what: 'look' };
  return followed({ attentions: 3, attention, task: { kind: 'rest' }, problems: [], ...changed });
}

describe('an answer', () => {
  it.each<AttentionReason>([
    'unknownOutcome',
    'access',
    'incomplete',
    'handedOverBefore',
    'notFound',
    'notOrderedInTime',
  ])(
    'that it was created is followed for a fresh period, ends where only its number is known, or gives up: %s',
    (reason) => {
      const found = hear(asked(reason), answer(3, { kind: 'created', concurId: 'c-9' }), minute(50));
      expect(found).toMatchObject({ phase: 'accepted', concurId: 'c-9', acceptedAt: minute(50) });
      expect(found.task).toMatchObject({ kind: 'wait', then: { kind: 'look' } });
      expect(found.attention).toBeUndefined();
      const numbered = hear(asked(reason), answer(3, { kind: 'created', number: '100' }), minute(50));
      expect(numbered).toMatchObject({ phase: 'unfollowed', status: { number: '100' } });
      expect(hear(asked(reason), answer(3, { kind: 'abandoned' }), minute(50)).phase).toBe('abandoned');
    },
  );

  it.each([
    ['unknownOutcome', 'create', 'creating'],
    ['notFound', 'create', 'creating'],
    ['incomplete', 'prepare', 'checking'],
    ['handedOverBefore', 'prepare', 'checking'],
  ] as const)('that nothing was created goes on: %s leads to %s', (reason, kind, phase) => {
    const core = hear(asked(reason, { seenCreated: true }), answer(3, notCreated), minute(50));
    expect(core).toMatchObject({ phase, task: { kind }, seenCreated: false });
    expect(core.attention).toBeUndefined();
    expect(core.concurId).toBeUndefined();
  });

  it('that access works does at once what is waited for, and leaves alone what is under way', () => {
    const waiting = asked('access', { task: { kind: 'wait', until: minute(99), then: { kind: 'begin' } } });
    expect(hear(waiting, answer(3, notCreated), minute(50)).task).toEqual({ kind: 'begin' });
    const busy = asked('access', { task: { kind: 'begin' } });
    expect(hear(busy, answer(3, notCreated), minute(50)).task).toBe(busy.task);
  });

  it('that it was not created is not taken of one that Concur has', () => {
    const before = asked('notOrderedInTime');
    const core = hear(before, answer(3, notCreated), minute(50));
    expect({ ...core, timeline: [] }).toEqual(before);
    expect(storyOf(core)).toContain('That changes nothing: Concur has it');
  });

  it('forgives the comments of the hand-over that it speaks of, and no others', () => {
    const core = hear(asked('handedOverBefore', { notes: 71 }), answer(3, notCreated), minute(50));
    expect(core.forgiven).toBe(71);
    expect(
      hear(asked('incomplete', { notes: 71 }), answer(3, notCreated), minute(50)).forgiven,
    ).toBeUndefined();
  });

  it.each([true, false])('reads a requisition before it creates, begun or not: %s', (begun) => {
    const { origin } = handOver();
    const told = hear(asked('notFound', { origin, begun }), answer(3, notCreated), minute(50));
    expect(told.task).toEqual({ kind: 'prepare' });
  });

  it('keeps what is known of the one that it names again', () => {
    const status = { number: '100', exceptions: [], orders: [] };
    const before = asked('notOrderedInTime', { seenCreated: true, status });
    const core = hear(before, answer(3, { kind: 'created', concurId: 'c-1' }), minute(50));
    expect(core).toMatchObject({ phase: 'created', status, acceptedAt: minute(50) });
  });

  it('to another question than the present one changes nothing but the story', () => {
    for (const core of [asked('unknownOutcome'), followed()]) {
      const next = hear(core, answer(2, notCreated), minute(50));
      expect({ ...next, timeline: [] }).toEqual(core);
      expect(storyOf(next)).toContain('ops answers 2: notCreated. That changes nothing');
    }
  });

  it('given twice counts once', () => {
    const once = hear(
      asked('unknownOutcome', { task: { kind: 'rest' } }),
      answer(3, { kind: 'created', concurId: 'c-9' }),
      minute(5),
    );
    const twice = hear(once, answer(3, { kind: 'created', concurId: 'c-8' }), minute(5));
    expect({ ...twice, timeline: [] }).toEqual({ ...once, timeline: [] });
  });

  it('given during a create is heard after it, and counts only for what was asked before and still is', () => {
    const attention = { n: 3, reason: 'access', since: minute(1), what: 'look' } as const;
    const busy = creating({ attention, attentions: 3, accessRefusals: 3 });
    const held = hear(busy, answer(3, { kind: 'abandoned' }), minute(2));
    expect({ ...held, held: [] }).toEqual(busy);

    const trouble = { type: 'T', message: 'HTTP 403' };
    const refused = { kind: 'created', result: { kind: 'notCreated', access: true, trouble } } as const;
    expect(step(held, refused, minute(3)).core).toMatchObject({ phase: 'abandoned', held: [] });
    const accepted = { kind: 'created', result: { kind: 'accepted', concurId: 'c-1' } } as const;
    expect(step(held, accepted, minute(3)).core).toMatchObject({ phase: 'accepted', held: [] });
    expect(step(held, fails('lost'), minute(3)).core.attention).toMatchObject({
      n: 4,
      reason: 'unknownOutcome',
    });
  });

  it('comes in the shape of one, or is none', () => {
    const good = answer(1, { kind: 'created', concurId: 'c' });
    expect(isResolving(good)).toBe(true);
    const odd = [
      undefined,
      null,
      'x',
      {},
      { ...good, attention: '1' },
      { ...good, by: undefined },
      { ...good, resolution: null },
      { ...good, resolution: { kind: 'created' } },
      { ...good, resolution: { kind: 'created', concurId: '' } },
      { ...good, resolution: { kind: 'created', number: 7 } },
      { ...good, resolution: { kind: 'forgotten' } },
    ];
    expect(odd.map(isResolving)).toEqual(odd.map(() => false));
  });
});
