import { describe, expect, it } from 'vitest';
import { handedOverBeforeType, type Prepared } from '../../../contract/concur-work.ts';
import { step } from './step.ts';
import { again, document, fails, handOver, minute, storyOf, waits } from './test-purchases.ts';

const prepared = (result: Prepared) => ({ kind: 'prepared', prepared: result }) as const;
const ready = prepared({ kind: 'ready', document, notify: 'd@example.test' });

describe('a hand-off', () => {
  it('is made from the requisition, said on it, then checked and created, in this order', () => {
    const begun = step(handOver(), ready, minute(0)).core;
    expect(begun).toMatchObject({
      task: { kind: 'begin' },
      document,
      notify: 'd@example.test',
      summary: { total: '2.5' },
    });
    const checking = step(begun, { kind: 'begun' }, minute(0)).core;
    expect(checking).toMatchObject({ task: { kind: 'check' }, begun: true });
    const event = {
      kind: 'checked',
      result: { problems: [], notChecked: [], summary: { lines: 1 } },
    } as const;
    expect(step(checking, event, minute(0)).core.task).toEqual({ kind: 'create' });
  });

  it('that lacks something waits for a human, with all that is missing', () => {
    const problems = [{ line: 2, code: 'incomplete', message: 'no supplier' }];
    const { core } = step(handOver(), prepared({ kind: 'incomplete', problems }), minute(0));
    expect(core).toMatchObject({ task: { kind: 'rest' }, problems, attention: { reason: 'incomplete' } });
    expect(core.attention?.what).toContain('1 problem,');
  });

  it('that was made before waits for a human', () => {
    const { core } = step(handOver(), prepared({ kind: 'handedOverBefore', notes: 71 }), minute(0));
    expect(core).toMatchObject({
      task: { kind: 'rest' },
      notes: 71,
      attention: { reason: 'handedOverBefore' },
    });
  });

  it('that nobody wants any more ends with the reason', () => {
    const { core } = step(handOver(), prepared({ kind: 'notWanted', why: 'it was withdrawn' }), minute(0));
    expect(core.phase).toBe('abandoned');
    expect(storyOf(core)).toContain('it was withdrawn');
  });

  it.each(['prepare', 'begin'] as const)(
    'whose %s fails is tried again, further and further apart',
    (kind) => {
      const core = handOver({ task: { kind } });
      const waited = [1, 2, 3, 7].map((times) =>
        waits(again(core, fails('HTTP 503'), times).core, times - 1),
      );
      expect(waited).toEqual([0.5, 1, 2, 15]);
      const troubled = again(core, fails('HTTP 503'), 3).core;
      expect(troubled).toMatchObject({ trouble: { message: 'HTTP 503' }, task: { then: { kind } } });
      expect(troubled.attention).toBeUndefined();
    },
  );

  it.each(['prepare', 'begin'] as const)(
    'whose %s is refused asks a human and is tried every hour',
    (kind) => {
      const { core } = again(handOver({ task: { kind } }), fails('HTTP 403', true), 4);
      expect(core.attention).toMatchObject({ n: 1, reason: 'access', since: minute(0) });
      expect(waits(core, 3)).toBe(60);
      const event = kind === 'prepare' ? ready : ({ kind: 'begun' } as const);
      const next = step({ ...core, task: { kind } }, event, minute(99)).core;
      expect(next.attention).toBeUndefined();
      expect(next.trouble).toBeUndefined();
      const overloaded = step({ ...core, task: { kind } }, fails('HTTP 503'), minute(99)).core;
      expect(overloaded.attention).toBeUndefined();
    },
  );

  it('that another one was faster with reads the requisition again', () => {
    const event = fails('another was first', true, handedOverBeforeType);
    const { core } = step(handOver({ task: { kind: 'begin' } }), event, minute(0));
    expect(core.task).toMatchObject({ kind: 'wait', then: { kind: 'prepare' } });
    expect(core.attention).toBeUndefined();
  });
});
