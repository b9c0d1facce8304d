import { describe, expect, it } from 'vitest';
import type { Attention } from '../../../contract/purchase-request.ts';
import { hear, heard } from './resolve.ts';
import { memoOf } from './publish.ts';
import { step } from './step.ts';
import {
  again,
  creating,
  document,
  finds,
  findsNothing,
  followed,
  handOver,
  minute,
  newsOf,
  storyOf,
} from './test-purchases.ts';

const notCreated = { attention: 1, resolution: { kind: 'notCreated' }, by: 'ops' } as const;
const attention = { n: 1, reason: 'unknownOutcome', since: minute(1), what: 'look' } satisfies Attention;
const { origin } = handOver();
const ready = { kind: 'prepared', prepared: { kind: 'ready', document } } as const;
const trouble = { type: 'T', message: 'HTTP 4xx' };
const answers = (access: boolean) =>
  ({ kind: 'created', result: { kind: 'notCreated', access, trouble } }) as const;

describe('one that Concur has shown and does not know any more', () => {
  it.each([{ number: '100417' }, { workflowStatus: 'Submitted' }, { queueStatus: 'PENDING_CREATION' }])(
    'is not created again on a word: %o',
    (status) => {
      const shown = step(followed(), finds(status), minute(1)).core;
      const { core } = step({ ...shown, task: { kind: 'look' } }, findsNothing, minute(60));
      expect(core.attention).toMatchObject({ n: 1, reason: 'notFound' });
      expect(core.attention?.what).not.toContain('notCreated');
      const next = hear(core, notCreated, minute(70));
      expect({ ...next, timeline: [] }).toEqual({ ...core, timeline: [] });
      expect(storyOf(next)).toContain('That changes nothing');
    },
  );

  it('is, where Concur never showed it', () => {
    const { core } = step(followed(), findsNothing, minute(60));
    expect(core.attention?.what).toContain('notCreated');
    expect(hear(core, notCreated, minute(70)).task).toEqual({ kind: 'create' });
  });
});

describe('a hand-off that is sent late', () => {
  it.each(['unknownOutcome', 'notFound'] as const)(
    'reads the requisition again once a human says that it was not created: %s',
    (reason) => {
      const core = creating({ origin, begun: true, attentions: 1, attention: { ...attention, reason } });
      const next = hear({ ...core, task: { kind: 'rest' } }, notCreated, minute(9_000));
      expect(next.task).toEqual({ kind: 'prepare' });
      const prepared = { kind: 'notWanted', why: 'it is ordered' } as const;
      expect(step(next, { kind: 'prepared', prepared }, minute(9_000)).core.phase).toBe('abandoned');
    },
  );

  it('reads it again when it could not be sent for half an hour: Coupa may have ordered it', () => {
    const made = step(handOver(), ready, minute(0)).core;
    expect(made.preparedAt).toBe(minute(0));
    const sent = { ...made, begun: true, task: { kind: 'create' } } as const;
    const soon = step(sent, answers(false), minute(1)).core;
    expect(soon.task).toMatchObject({ then: { kind: 'create' } });
    const late = step(sent, answers(false), minute(31)).core;
    expect(late.task).toMatchObject({ then: { kind: 'prepare' } });
    const order = step(creating(), answers(false), minute(31)).core;
    expect(order.task).toMatchObject({ then: { kind: 'create' } });
  });

  it('does not take Coupa for Concur: a human who was asked for a right in Concur stays asked', () => {
    const made = {
      ...step(handOver(), ready, minute(0)).core,
      begun: true,
      task: { kind: 'create' },
    } as const;
    const { core } = again(made, answers(true), 3);
    expect(core).toMatchObject({
      attention: { n: 1, reason: 'access' },
      task: { then: { kind: 'prepare' } },
    });
    const preparing = { ...core, task: { kind: 'prepare' } } as const;
    const beginning = step(preparing, ready, minute(70)).core;
    const checking = step(beginning, { kind: 'begun' }, minute(70)).core;
    expect(checking).toMatchObject({ attention: core.attention, trouble });
    const accepted = { kind: 'created', result: { kind: 'accepted', concurId: 'c-1' } } as const;
    const sent = step({ ...checking, task: { kind: 'create' } }, accepted, minute(71)).core;
    expect(sent.attention).toBeUndefined();
  });
});

describe('the end of a hand-off', () => {
  it('by its number alone is said on the requisition, so that nobody orders it again', () => {
    const resolution = { kind: 'created', number: '100417' } as const;
    const core = creating({ origin, begun: true, attentions: 1, attention, task: { kind: 'rest' } });
    const next = heard(core, { ...notCreated, resolution }, minute(9));
    expect(next.core.phase).toBe('unfollowed');
    expect(newsOf(next)).toEqual(['link created']);
    expect(next.beside[0]?.input).toMatchObject({ number: '100417' });
    expect(heard(next.core, { ...notCreated, resolution }, minute(9)).beside).toEqual([]);
  });

  it('tells whether it was a human who gave it up: only then it is not begun again', () => {
    const prepared = { kind: 'notWanted', why: 'it is pending approval' } as const;
    const { core } = step(handOver(), { kind: 'prepared', prepared }, minute(0));
    expect(memoOf(core)).toMatchObject({ state: 'abandoned', notWanted: true });
    const asked = handOver({ attentions: 1, attention: { ...attention, reason: 'incomplete' } });
    const given = hear(asked, { ...notCreated, resolution: { kind: 'abandoned' } }, minute(1));
    expect(memoOf(given)).not.toHaveProperty('notWanted');
  });
});
