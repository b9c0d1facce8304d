import { goesFurther, type Mode } from '../../../contract/mode.ts';
import type { ApprovalCore } from './state.ts';
import type { Command } from './events.ts';

/** What is known of a card from outside the core: whom it asked, and about which facts. */
interface KnownCard {
  readonly userId: number;
  readonly factsHash: string;
}

export function claim(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Error(`broken: ${promise}`);
}

/**
 * What the world outside the core knows: whom cards reached, what is on its way, and what decisions were carried out
 * on. Every command is compared with it.
 */
export class Books {
  /** Cards on their way, by id, and in which mode. */
  readonly sending = new Map<string, { stopped: boolean; readonly mode: Mode }>();
  /** In which mode cards arrived, of several the one that goes furthest. */
  readonly delivered = new Map<string, Mode>();
  readonly cards = new Map<string, KnownCard>();
  /** The facts each decision was first carried out on. */
  readonly carriedOn = new Map<string, string>();

  /** A command to send; `deciding` while a decision waits. */
  send(command: Command & { kind: 'send' }, core: ApprovalCore, mode: Mode): void {
    if (command.reminder === undefined) this.#ask(command, core);
    else this.#remind(command, core.queue.length > 0);
    this.sending.set(command.card.id, { stopped: false, mode });
  }

  #remind({ card, to, sheet }: Command & { kind: 'send' }, deciding: boolean): void {
    claim(this.delivered.has(card.id), 'a reminder is of a card that arrived');
    claim(!this.sending.has(card.id), 'P7: a card under way is not sent again');
    claim(card.live && card.factsHash === sheet.factsHash, 'P4: a reminder asks about the present facts');
    claim(card.userId === to.id, 'a reminder goes to whoever holds the card');
    claim(!deciding, 'P11: nobody is reminded while a decision waits');
  }

  #ask(command: Command & { kind: 'send' }, core: ApprovalCore): void {
    const { card, to, sheet, previous } = command;
    const reaches = (id: string) =>
      this.sending.has(id) ||
      (this.delivered.has(id) && (this.delivered.get(id) !== 'shadow' || core.mode === 'shadow'));
    const earlier = [...this.cards].filter(
      ([id, each]) => id !== card.id && each.userId === to.id && reaches(id),
    );
    const last = earlier.at(-1)?.[1].factsHash;
    const changedFrom = last === sheet.factsHash ? undefined : last;
    const said = previous === undefined ? undefined : `hash-${previous.total}`;
    claim(said === changedFrom, 'P4: a card says what changed since the one before it');
    const known = this.cards.get(card.id);
    const went = this.delivered.get(card.id);
    claim(
      went === undefined || (core.mode !== undefined && goesFurther(core.mode, went)),
      'P7: a card that arrived is not sent again',
    );
    claim(known === undefined || known.factsHash === sheet.factsHash, 'P7: one card, one set of facts');
    claim(known === undefined || known.userId === to.id, 'P7: one card, one person');
    claim(card.factsHash === sheet.factsHash && card.userId === to.id, 'P4: a card says what it showed');
    claim(!this.sending.has(card.id), 'P7: a card under way is not sent again');

    this.cards.set(card.id, { userId: to.id, factsHash: sheet.factsHash });
  }

  carry(command: Command & { kind: 'carryOut' }): void {
    const { decision: taken, factsHash } = command;
    const first = this.carriedOn.get(taken.decisionId);
    this.carriedOn.set(taken.decisionId, first ?? factsHash);
    claim(first === undefined || first === factsHash, 'P5: a second try rests on the facts of the first');
    if (taken.card !== undefined) {
      const card = this.cards.get(taken.card);
      claim(card !== undefined, 'P4: nothing is carried out for a card nobody was sent');
      claim(card.factsHash === factsHash, 'P4: a decision rests on the facts of the card pressed');
      claim(card.userId === taken.actor.userId, 'P6: a card is pressed by the person it was sent to');
    } else if (first === undefined) {
      const hashes = new Set([...this.cards.values()].map((card) => card.factsHash));
      claim(hashes.size === 1 && hashes.has(factsHash), 'P4: a bare id needs cards that all showed the same');
    }
  }
}
