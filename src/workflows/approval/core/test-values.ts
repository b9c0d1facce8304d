import type { Decision, StandingDecision } from '../../../contract/decision.ts';
import type { Facts } from '../../../contract/facts.ts';
import type { Observation, Sheet } from '../../../contract/observation.ts';
import type { Approver, Person } from '../../../contract/person.ts';
import type { ApprovalEvent, Command, Step } from './events.ts';
import { initialCore, type ApprovalCore } from './state.ts';
import { step } from './step.ts';

/** Values for the tests of the core: people, sheets, decisions, and a shorthand to feed events. */
export const at = '2026-11-03T09:00:00.000Z';

export const ana: Person = { id: 1, name: 'Ana Ruiz', address: 'ana@example.com' };
export const ben: Person = { id: 2, name: 'Ben Okafor', address: 'ben@example.com' };
export const cho: Person = { id: 3, name: 'Cho Lin', address: 'cho@example.com' };

/** Facts that differ by their total; their hash is the total's own name, so that tests can read it. */
export function factsOf(total: string): Facts {
  const line = { id: 11, description: 'Chairs', quantity: '1', unitPrice: total, total, supplier: 'Acme' };
  return { total, currency: 'EUR', lines: [line] };
}

export function sheetOf(total: string): Sheet {
  return {
    requisitionId: 70,
    title: 'Chairs',
    status: 'pending_approval',
    justification: null,
    submittedAt: null,
    needByDate: null,
    department: null,
    costCentre: null,
    requester: cho,
    createdBy: cho,
    facts: factsOf(total),
    factsHash: `hash-${total}`,
    updatedAt: null,
  };
}

/** Its turn, on facts of this total. `ask`: whom policy asks, by id; all or nobody. */
export function turn(
  total = '100',
  approvers: readonly Approver[] = [ana],
  ask: boolean | readonly number[] = true,
): Observation & { kind: 'actionable' } {
  const everybody = approvers.map(({ id }) => id);
  const asks = ask === true ? everybody : ask === false ? [] : ask;
  return { kind: 'actionable', sheet: sheetOf(total), approvers, asks };
}

export function decision(over: Partial<Decision> = {}): Decision {
  return {
    decisionId: 'd1',
    action: 'approve',
    actor: { userId: ana.id },
    receivedAt: at,
    via: 'card',
    caller: 'plugin',
    ...over,
  };
}

export function standing(over: Partial<StandingDecision> = {}): StandingDecision {
  return {
    decisionId: 'd1',
    action: 'approve',
    userId: ana.id,
    address: 'ana@example.com',
    name: ana.name,
    at,
    ...over,
  };
}

/** Long enough after `at` for a second look to confirm what a first one saw. */
export const later = '2026-11-03T09:05:00.000Z';

export const newCore = initialCore({ approvalId: 7, requisitionId: 70 }, 'abcdefabcdef');

/** Feeds events in their order; the commands are those of the last one. */
export function feed(core: ApprovalCore, ...events: readonly ApprovalEvent[]): Step {
  return events.reduce<Step>((last, event) => step(last.core, event, at), { core, commands: [] });
}

/** The ids of the cards that these commands send. */
export function sentIds(commands: readonly Command[]): string[] {
  return commands.flatMap((command) => (command.kind === 'send' ? [command.card.id] : []));
}

export function kinds(commands: readonly Command[]): string[] {
  return commands.map((command) => command.kind);
}

/** Asked and at rest: a look showed its turn, every card went out, and nobody is ever reminded. */
export function askedCore(total = '100', approvers: readonly Person[] = [ana]): ApprovalCore {
  const reminder = { due: false, nextAt: null };
  const observation = turn(total, approvers);
  const seen = feed(newCore, { kind: 'woken' }, { kind: 'observed', observation, reminder });
  return feed(seen.core, ...sentIds(seen.commands).map((cardId): ApprovalEvent => ({ kind: 'sent', cardId })))
    .core;
}

/** The id of this person's newest card. */
export function cardOf(core: ApprovalCore, userId: number): string {
  return core.cards.findLast((card) => card.userId === userId)?.id ?? 'none';
}
