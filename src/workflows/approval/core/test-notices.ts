import type { Decision } from '../../../contract/decision.ts';
import type { Observation } from '../../../contract/observation.ts';
import { isActor } from '../../../contract/person.ts';
import type { ApprovalEvent, Command } from './events.ts';
import { hearsAnswer } from './hears-answer.ts';
import type { ApprovalCore } from './state.ts';
import { claim } from './test-books.ts';
import { people } from './test-moves.ts';

type Turn = Observation & { kind: 'actionable' };

/**
 * Who may decide, as the last look that counts told it, who holds a card, and who has heard that theirs asks nothing
 * any more: kept from outside the core, and every message is compared with it.
 */
export class Notices {
  #turn: Turn | undefined;
  /** Whoever was asked by message. */
  readonly asked = new Set<number>();
  /** Whoever a card reached that they have not heard the end of. */
  readonly #holding = new Set<number>();
  /** Whoever hears by the answer to a press. */
  readonly #excused = new Set<number>();
  /** Whoever held a card when nobody could tell whether they may decide still. */
  readonly #unsure = new Set<number>();
  readonly #causes = new Set<string>();
  #ends = 0;

  /** Before the commands of an event are looked at. */
  hear(event: ApprovalEvent, before: ApprovalCore, at: string): void {
    const [head] = before.queue;
    const isSettled = event.kind === 'settled' && before.carrying && before.state !== 'closed';
    if (isSettled && head !== undefined && event.result.kind !== 'refused') {
      if (event.result.kind === 'carriedOut' || hearsAnswer(head, at)) this.#excuse(head);
    }
    if (isSettled && event.result.kind === 'moved') {
      this.#see(
        event.result.observation,
        before.queue.filter((each) => hearsAnswer(each, at)),
      );
    }
    const counts = before.queue.length === 0 && !before.lookAgain && before.state !== 'closed';
    if (event.kind === 'observed' && counts) this.#see(event.observation);
  }

  #excuse({ actor }: Decision): void {
    for (const person of people) if (isActor(person, actor)) this.#excused.add(person.id);
  }

  #see(seen: Observation, waiting: readonly Decision[] = []): void {
    if (seen.kind === 'actionable') this.#turn = seen;
    else if (seen.kind === 'notYet' || seen.kind === 'notSubmitted') this.#turn = undefined;
    else return;
    for (const each of waiting) this.#excuse(each);
    for (const id of this.#holding) {
      if (!this.#isUnknown(id)) continue;
      this.#unsure.add(id);
      this.#holding.delete(id);
    }
    for (const id of this.#excused) {
      this.#excused.delete(id);
      if (!this.#mayDecide(id)) this.#holding.delete(id);
    }
  }

  #mayDecide(userId: number): boolean {
    return this.#turn?.approvers.some(({ id }) => id === userId) === true;
  }

  /** Of a group that was not carried whole, nobody can tell whether those behind the last still belong to it. */
  #isUnknown(userId: number): boolean {
    const { group, approvers = [], asks = [] } = this.#turn ?? {};
    const isCarried = approvers.some(({ id }) => id === userId);
    const unasked = approvers.map(({ id }) => id).filter((id) => !asks.includes(id));
    return (
      group !== undefined && group.size > approvers.length && !isCarried && userId > Math.max(0, ...unasked)
    );
  }

  /** Whether somebody is to hold a card now. */
  mustHold(userId: number): boolean {
    const asks = this.#turn?.asks.includes(userId) === true || this.asked.has(userId);
    return this.#turn?.unreachable === undefined && this.#mayDecide(userId) && asks;
  }

  send({ to, others }: Command & { kind: 'send' }): void {
    claim(this.mustHold(to.id), 'P6: nobody is asked who may not decide, or whom policy does not ask');
    const rest = new Set(this.#turn?.approvers.map(({ id }) => id));
    rest.delete(to.id);
    const count = Math.max(rest.size, (this.#turn?.group?.size ?? 0) - 1);
    const told = (others?.names.length ?? 0) + (others?.more ?? 0);
    claim(told === count, 'a card says how many others may decide');
    this.asked.add(to.id);
  }

  /** A card reached somebody for the first time. */
  reach(userId: number): void {
    this.#holding.add(userId);
    this.#excused.delete(userId);
  }

  follow({ cause, ending, holders }: Command & { kind: 'follow' }, before: ApprovalCore): void {
    claim(!this.#causes.has(cause), 'each telling has a name of its own');
    this.#causes.add(cause);
    const isClosed = before.state === 'closed';
    if (ending.outcome === 'passedOn') {
      claim(!isClosed && holders.length > 0, 'an approval that is open is passed on, by somebody');
    } else if (!isClosed) this.#ends += 1;
    claim(this.#ends <= 1, 'P2: at most one end is followed up');
    for (const { id } of holders) {
      claim(
        this.#holding.has(id) || this.#unsure.has(id),
        'only who holds a card hears of its end, and once',
      );
      claim(!this.#excused.has(id), 'whoever hears by the answer to a press gets no notice');
      const keeps = ending.outcome === 'passedOn' && this.#mayDecide(id);
      claim(!keeps, 'nobody hears that it is not theirs while it is');
      this.#holding.delete(id);
      this.#unsure.delete(id);
    }
  }

  /** After the commands of an event: nobody is left who holds a card that asks nothing, and does not know. */
  check(before: ApprovalCore, core: ApprovalCore, at: string): void {
    if (core.state === 'closed' && before.state !== 'closed') {
      before.queue.filter((each) => hearsAnswer(each, at)).forEach((each) => this.#excuse(each));
    }
    for (const id of this.#holding) {
      const decided = core.standing?.userId === id;
      const mayHold = core.state !== 'closed' && (this.#mayDecide(id) || this.#isUnknown(id));
      claim(mayHold || decided || this.#excused.has(id), 'whoever loses the right to decide hears of it');
    }
  }
}
