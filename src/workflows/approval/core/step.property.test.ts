import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApprovalEvent } from './events.ts';
import type { ApprovalCore } from './state.ts';
import { anyEvent, move } from './test-moves.ts';
import { ModelShell } from './test-shell.ts';
import { feed, newCore } from './test-values.ts';

const longestRetryMs = 15 * 60_000;

/** How long until the timer that runs goes off; without one for ever. */
function waitsMs({ wakeAtMs, nowMs }: ModelShell): number {
  return wakeAtMs === null ? Infinity : wakeAtMs - nowMs;
}

/** Every promise that must hold after every single event. */
function check(shell: ModelShell, before: ApprovalCore, event: ApprovalEvent): void {
  const { core } = shell;
  const broken: string[] = [];
  const claim = (promise: string, holds: boolean) => {
    if (!holds) broken.push(promise);
  };

  claim(
    'P2: the standing decision never changes',
    before.standing === undefined || isDeepStrictEqual(before.standing, core.standing),
  );
  claim('P2: what is closed stays closed', before.state !== 'closed' || core.state === 'closed');
  for (const id of shell.pressed) {
    const held = core.queue.some((each) => each.decisionId === id) || core.answers[id] !== undefined;
    claim(`P11: decision ${id} waits or has an answer`, held);
  }
  for (const { decisionId } of before.queue) {
    const tried = shell.books.carriedOn.has(decisionId) && before.answers[decisionId] === undefined;
    const given = core.answers[decisionId] !== undefined;
    claim(
      'P5: what was tried is answered by what became of it',
      !tried || !given || event.kind === 'settled',
    );
  }
  const ids = new Set(core.cards.map((card) => card.id));
  claim('P7: card ids are unique', ids.size === core.cards.length);
  claim(
    'P11: the core carries over to the next run as it is',
    isDeepStrictEqual(JSON.parse(JSON.stringify(core)), core),
  );
  claim('a reminder is sent when policy says so', core.reminders <= shell.duePlans);
  claim('reminders are counted one by one', [0, 1].includes(core.reminders - before.reminders));
  if (!shell.closed) checkOpen(shell, claim);
  if (event.kind === 'sent' && before.clock === undefined && core.clock !== undefined) {
    claim('the first card sets the timer', before.firstWaitMs == null || core.wakeAt !== null);
  }
  if (event.kind === 'observed' && event.reminder?.due === true) {
    const seen = event.observation.kind === 'actionable' && core.state === 'asked';
    const heard = seen && !before.lookAgain && before.queue.length === 0;
    const asks = shell.commands.some((command) => command.kind === 'send') || core.sending.length > 0;
    const isHeld = core.approvers.some(({ id }) => shell.notices.mustHold(id));
    claim('a reminder that is due goes out', !heard || !isHeld || core.clock === undefined || asks);
    const reminds = shell.commands.some(
      (command) => command.kind === 'send' && command.reminder !== undefined,
    );
    const isPlanned = shell.plannedBy?.remindedAt === before.clock?.remindedAt;
    claim('nobody is reminded by a plan that knew nothing of the last reminder', !reminds || isPlanned);
  }
  if (broken.length > 0) throw new Error(`broken: ${broken.join('; ')}`);
}

function checkOpen(shell: ModelShell, claim: (promise: string, holds: boolean) => void): void {
  const { core } = shell;
  const carrying = shell.carrying !== undefined;
  claim('the core knows whether it looks', core.looking === shell.looking);
  claim('the core knows whether it carries out', core.carrying === carrying);
  claim(
    'the core knows what is on its way',
    core.sending.every((id) => shell.books.sending.has(id)),
  );
  claim('deciding exactly while a decision waits', (core.state === 'deciding') === core.queue.length > 0);
  claim(
    'P11: a waiting decision is carried out or retried',
    core.queue.length === 0 || carrying || waitsMs(shell) <= longestRetryMs || shell.winding,
  );
  claim(
    'P11: the head of the queue is the one carried out',
    !carrying || shell.carrying?.decision.decisionId === core.queue[0]?.decisionId,
  );
  const underWay =
    shell.looking || shell.books.sending.size > 0 || carrying || waitsMs(shell) < Infinity || shell.winding;
  const live = core.cards.filter((card) => card.live && card.kind === 'message');
  const everybodyAsked =
    core.state === 'asked' &&
    live.every((card) => shell.books.delivered.has(card.id)) &&
    core.approvers.every(({ id }) => !shell.notices.mustHold(id) || live.some((card) => card.userId === id));
  claim(
    'the core knows of no timer that does not run',
    core.wakeAt === null || Date.parse(core.wakeAt) === shell.wakeAtMs,
  );
  claim(
    'asked is asked until policy ends it: a reminder lies ahead',
    underWay || !everybodyAsked || shell.never,
  );
  claim('whoever holds a card has a clock', core.clock !== undefined || !live.some((card) => card.sent));
  claim('no look that is owed is forgotten', underWay || !shell.owesLook);
  claim('P7: never stranded', underWay || everybodyAsked || core.state === 'listed');
}

describe('one approval, whatever happens in whatever order', () => {
  it('keeps its promises after every event, and answers every decision', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40, size: 'max' }), (moves) => {
        const shell = new ModelShell(check);
        for (const next of moves) shell.do(next);
        shell.settle();
        expect(shell.core.queue).toEqual([]);
        for (const id of shell.pressed) expect(shell.core.answers).toHaveProperty(id);
      }),
      { numRuns: 10_000 },
    );
  });

  it('takes any event at any time without throwing, and stays plain data', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30, size: 'max' }), (events) => {
        const { core, commands } = feed(newCore, ...events);
        expect(JSON.parse(JSON.stringify({ core, commands }))).toStrictEqual({ core, commands });
        expect(core.queue.every(({ decisionId }) => core.answers[decisionId] === undefined)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
