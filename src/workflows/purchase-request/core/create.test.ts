import { describe, expect, it } from 'vitest';
import type { CreateResult } from '../../../contract/concur-work.ts';
import { sending } from './create.ts';
import { step } from './step.ts';
import { again, creating, fails, minute, newsOf, order, storyOf, waits } from './test-purchases.ts';

const trouble = { type: 'T', message: 'HTTP 4xx' };
const result = (given: CreateResult) => ({ kind: 'created', result: given }) as const;
const accepted = result({ kind: 'accepted', concurId: 'c-1' });
const bare = result({ kind: 'refused', problems: [] });
const resting = result({ kind: 'notCreated', access: false, trouble });
const noAccess = result({ kind: 'notCreated', access: true, trouble });
const unknown = result({ kind: 'unknown', trouble });

describe('one try to create', () => {
  it('is named before it is made', () => {
    const core = sending(order(), 'k-7', minute(3));
    expect(core).toMatchObject({ correlationId: 'k-7', sentAt: minute(3) });
    expect(storyOf(core)).toBe('Sent to Concur, correlation id k-7');
  });

  it('that is accepted is looked at two seconds later', () => {
    const { core } = step(creating({ trouble, failures: 3 }), accepted, minute(1));
    expect(core).toMatchObject({ phase: 'accepted', concurId: 'c-1', acceptedAt: minute(1), failures: 0 });
    expect(core.trouble).toBeUndefined();
    expect(waits(core, 1)).toBe(2 / 60);
  });

  it('that is refused with problems fails, and the requester hears of it', () => {
    const problems = [{ line: 1, code: 'invalidVendor', message: 'unknown' }];
    const next = step(creating(), result({ kind: 'refused', problems }), minute(1));
    expect(next.core).toMatchObject({ phase: 'failed', problems });
    expect(storyOf(next.core)).toBe('Concur refused it: 1 problem');
    const two = result({ kind: 'refused', problems: [...problems, ...problems] });
    expect(storyOf(step(creating(), two, minute(1)).core)).toBe('Concur refused it: 2 problems');
    expect(newsOf(next)).toEqual(['failed']);
  });

  it('that is refused without a reason is made again after 1 and 5 minutes, then it fails', () => {
    expect(waits(again(creating(), bare, 1).core, 0)).toBe(1);
    expect(waits(again(creating(), bare, 2).core, 1)).toBe(5);
    const next = again(creating(), bare, 3);
    expect(next.core).toMatchObject({ phase: 'failed', problems: [{ code: 'refused' }] });
    expect(newsOf(next)).toEqual(['failed']);
  });

  it('that created nothing is made again after 30 s, doubled up to 15 minutes', () => {
    const waited = [1, 2, 3, 4, 5, 6, 7].map((times) =>
      waits(again(creating(), resting, times).core, times - 1),
    );
    expect(waited).toEqual([0.5, 1, 2, 4, 8, 15, 15]);
    const { core } = again(creating(), resting, 7);
    expect(core).toMatchObject({ phase: 'creating', trouble });
    expect(core.attention).toBeUndefined();
    expect(core.timeline).toHaveLength(1);
  });

  it.each([
    [40, 40],
    [0.1, 0.5],
    [60 * 24, 60],
  ])('waits as long as the vendor asks for within bounds: %d minutes are %d', (asked, waited) => {
    const event = result({ kind: 'notCreated', access: false, trouble, retryAfterMs: asked * 60_000 });
    expect(waits(step(creating(), event, minute(0)).core, 0)).toBe(waited);
  });

  it('asks a human from the third refusal of access on, and goes on every hour without asking anew', () => {
    expect(again(creating(), noAccess, 2).core.attention).toBeUndefined();
    const { core } = again(creating(), noAccess, 3);
    expect(core.attention).toMatchObject({ n: 1, reason: 'access', since: minute(2) });
    expect(waits(core, 2)).toBe(60);
    const later = again(creating(), noAccess, 9).core;
    expect(later.attention).toEqual(core.attention);
    expect(step({ ...later, task: { kind: 'create' } }, accepted, minute(99)).core.attention).toBeUndefined();
  });

  it('counts refusals of access in a row only', () => {
    const { core } = step(
      { ...again(creating(), noAccess, 2).core, task: { kind: 'create' } },
      resting,
      minute(5),
    );
    expect(again({ ...core, task: { kind: 'create' } }, noAccess, 2).core.attention).toBeUndefined();
  });

  it.each([
    ['an answer that tells nothing', unknown] as const,
    ['any failure', fails('no worker', true)] as const,
  ])('of unknown outcome is followed by nothing but a human: %s (P5)', (_, event) => {
    const { core } = step(creating(), event, minute(4));
    expect(core.task).toEqual({ kind: 'rest' });
    const what = core.attention?.what ?? '';
    for (const part of [
      minute(0),
      'ref:x1',
      'k-1',
      '"created"',
      '"notCreated"',
      '/purchase-requests/x1/resolve',
    ]) {
      expect(what).toContain(part);
    }
    expect(what).toContain('{"attention":1,"outcome":"notCreated"} sends it again');
    expect(step(core, { kind: 'woken' }, minute(9)).core).toBe(core);
    expect(step(core, fails('late'), minute(9)).core).toBe(core);
  });
});

it('of unknown outcome does not tell people to read before repeating, where there is nothing to read it by', () => {
  const message = 'HTTP 500, the write may have happened; read before repeating';
  for (const event of [result({ kind: 'unknown', trouble: { type: 'T', message } }), fails(message)]) {
    const { core } = step(creating(), event, minute(4));
    expect(core.trouble?.message).toBe('HTTP 500, the write may have happened');
    expect(core.attention?.what).toContain('(HTTP 500, the write may have happened).');
  }
});

describe('the check before it', () => {
  const summary = { lines: 1, total: '3' };

  it('that finds nothing wrong leads to a create, and says what it could not look up', () => {
    const event = { kind: 'checked', result: { problems: [], notChecked: ['the lists'], summary } } as const;
    const { core } = step(order(), event, minute(1));
    expect(core).toMatchObject({ phase: 'creating', task: { kind: 'create' }, summary });
    expect(storyOf(core)).toBe('Not checked: the lists');
  });

  it('that finds problems ends it', () => {
    const problems = [{ code: 'unknownVendor', message: 'V-1' }];
    const next = step(order(), { kind: 'checked', result: { problems, notChecked: [], summary } }, minute(1));
    expect(next.core).toMatchObject({ phase: 'failed', problems });
    expect(newsOf(next)).toEqual(['failed']);
  });

  it('that fails for good is done without', () => {
    const { core } = step(order(), fails('HTTP 500'), minute(1));
    expect(core).toMatchObject({ phase: 'creating', task: { kind: 'create' } });
    expect(core.trouble).toBeUndefined();
  });
});
