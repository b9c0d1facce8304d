import { describe, expect, it } from 'vitest';
import type { Approver } from '../../../contract/person.ts';
import type { ApprovalEvent, Step } from './events.ts';
import { attributesOf, memoOf } from './publish.ts';
import type { ApprovalCore } from './state.ts';
import { cardOf, feed, newCore, sentIds, turn } from './test-values.ts';

const of = 'Capex Committee';
const members = Array.from({ length: 100 }, (_, index): Approver => {
  return {
    id: 1_001 + index,
    name: `Member ${index}`,
    address: `m${index}@example.com`,
    as: { kind: 'member', of },
  };
});
const problem = { type: 'TerminalError', message: 'no such user' };

function seen(core: ApprovalCore, total: string, who: readonly Approver[] = members): Step {
  const observation = { ...turn(total, who), group: { id: 9, size: who.length } };
  const reminder = { due: false, nextAt: null };
  return feed(core, { kind: 'recheck' }, { kind: 'observed', observation, reminder });
}

/** Lets every message under way end, and those that it makes room for. */
function deliver(first: Step, end: (cardId: string) => ApprovalEvent): { core: ApprovalCore; ids: string[] } {
  let { core } = first;
  const ids = sentIds(first.commands);
  for (let next = 0; next < ids.length; next += 1) {
    const step = feed(core, end(ids[next] ?? ''));
    core = step.core;
    ids.push(...sentIds(step.commands));
  }
  return { core, ids };
}

const arrives = (cardId: string): ApprovalEvent => ({ kind: 'sent', cardId });
const fails = (cardId: string): ApprovalEvent => ({ kind: 'sendFailed', cardId, problem });

describe('a group of a hundred', () => {
  const first = seen(newCore, '100');

  it('is asked one after the other, twenty at once', () => {
    expect(sentIds(first.commands)).toHaveLength(20);
    const { core, ids } = deliver(first, arrives);
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(100);
    expect(core.cards.filter(({ sent, live }) => sent && live)).toHaveLength(100);
    expect(core).toMatchObject({ state: 'asked', sending: [] });
  });

  it('is asked to the last also when nobody can be reached, and tried again in 15 minutes, not in hours (P7)', () => {
    const { core, ids } = deliver(first, fails);
    expect(new Set(ids).size).toBe(100);
    expect(core).toMatchObject({ state: 'stuck', stuckReason: 'no such user', failures: 1 });
    expect(Date.parse(core.wakeAt ?? '') - Date.parse(core.timeline.at(-1)?.at ?? '')).toBe(15 * 60_000);
    const again = deliver(seen({ ...core, wakeAt: null }, '100'), arrives);
    expect(again.ids.toSorted()).toEqual(ids.toSorted());
    expect(again.core).toMatchObject({ state: 'asked', failures: 0 });
  });

  it.each<[string, string, readonly Approver[]]>([
    ['the facts changed', '200', members],
    ['others belong to it', '100', members.slice(40)],
    ['the row was passed to somebody else', '100', members.slice(99)],
  ])(
    'is asked to the last also when %s while the first twenty cards were on their way (P7)',
    (_, total, who) => {
      const other = seen(first.core, total, who);
      const cards = [...sentIds(first.commands), ...sentIds(other.commands)];
      const { core } = deliver({ core: other.core, commands: first.commands }, arrives);
      expect(cards).toHaveLength(20);
      const asking = core.cards.filter(
        ({ live, sent, factsHash }) => live && sent && factsHash === `hash-${total}`,
      );
      expect(asking.map(({ userId }) => userId)).toEqual(who.map(({ id }) => id));
    },
  );

  it('is no longer stuck once a card reached one of them', () => {
    const [one = '', two = ''] = sentIds(first.commands);
    const stuck = feed(first.core, fails(one)).core;
    expect(stuck.state).toBe('stuck');
    const next = feed(stuck, arrives(two)).core;
    expect(next).toMatchObject({ state: 'asked', rest: 'asked' });
    expect(next).not.toHaveProperty('stuckReason');
    expect(next.wakeAt).toBe(stuck.wakeAt);
  });

  it('goes on being asked after a decision that changed nothing', () => {
    const pressed = feed(first.core, {
      kind: 'pressed',
      decision: {
        decisionId: 'd1',
        action: 'approve',
        actor: { userId: 1_001 },
        receivedAt: '',
        via: 'card',
        caller: '',
        card: cardOf(first.core, 1_001),
      },
    });
    const arrived = sentIds(first.commands).map(arrives);
    const waiting = feed(pressed.core, ...arrived);
    expect(sentIds(waiting.commands)).toEqual([]);
    const refused = feed(waiting.core, { kind: 'settled', result: { kind: 'refused', words: ['No'] } });
    expect(refused.commands).toEqual([{ kind: 'look' }]);
  });

  it('loses nobody who was asked, and stays within its bounds, through a long life of changes', () => {
    let { core } = deliver(first, arrives);
    for (let total = 101; total < 113; total += 1) core = deliver(seen(core, String(total)), arrives).core;
    expect(core.cards.length).toBeLessThanOrEqual(400);
    expect(core.cards.filter(({ live }) => live).map(({ userId }) => userId)).toEqual(
      members.map(({ id }) => id),
    );
    expect(sentIds(seen(core, '112').commands)).toEqual([]);
    expect(core.holders).toHaveLength(100);
    expect(core.timeline.length).toBeLessThanOrEqual(200);
    expect(JSON.stringify(memoOf(core)).length).toBeLessThan(2_048);
    expect(JSON.stringify(core).length).toBeLessThan(250_000);
  });

  it('is found by its members’ ids while they fit, and by its own where they do not', () => {
    expect(attributesOf(first.core).approvers).toEqual(members.map(({ id }) => String(id)));
    const large = { ...turn('100', members), group: { id: 9, size: 101 } };
    const found = (observation: ReturnType<typeof turn>) =>
      attributesOf(feed(newCore, { kind: 'recheck' }, { kind: 'observed', observation }).core).approvers;
    expect(found(large)).toEqual(['group:9']);
    const longIds = members.map((each) => ({ ...each, id: each.id + 9_000_000_000_000_000 / 2 }));
    expect(found({ ...turn('100', longIds), group: { id: 9, size: 100 } })).toEqual(['group:9']);
    const many = found(turn('100', longIds));
    expect(many.length).toBeGreaterThan(50);
    expect(JSON.stringify(many).length).toBeLessThanOrEqual(1_801);
  });
});
