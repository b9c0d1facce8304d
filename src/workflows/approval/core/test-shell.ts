import type { Decision } from '../../../contract/decision.ts';
import type { CarryOutResult, Observation } from '../../../contract/observation.ts';
import type { LookUp } from '../../../contract/messages.ts';
import type { ApprovalEvent, Command } from './events.ts';
import { carriedOver, type ApprovalCore } from './state.ts';
import { step } from './step.ts';
import { people, type CarryEnd, type Move, type Plan } from './test-moves.ts';
import { at, decision, newCore, standing, turn } from './test-values.ts';

/** What is known of a card from outside the core: whom it asked, and about which facts. */
interface KnownCard {
  readonly userId: number;
  readonly factsHash: string;
}

/** Called after every event, with what was known before it. */
export type Check = (shell: ModelShell, before: ApprovalCore, event: ApprovalEvent) => void;

function claim(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Error(`broken: ${promise}`);
}

/**
 * The shell without Temporal: it does what the core commands, in any order and with any delay, and reports back.
 * It keeps its own books of what was sent, pressed and carried out, and compares every command with them.
 */
export class ModelShell {
  core: ApprovalCore = newCore;
  looking = false;
  wake = false;
  carrying: (Command & { kind: 'carryOut' }) | undefined;
  /** Cards on their way, by id; true when told to stop. */
  readonly sending = new Map<string, boolean>();
  readonly delivered = new Set<string>();
  readonly cards = new Map<string, KnownCard>();
  readonly pressed = new Set<string>();
  /** The facts each decision was first carried out on. */
  readonly carriedOn = new Map<string, string>();
  /** The run is about to end: nothing is begun until the next one. */
  winding = false;
  #events = 0;
  /** Something asked for a look, and none began since. */
  owesLook = false;
  follows = 0;
  /** What the last event led to. */
  commands: readonly Command[] = [];
  /** How often policy said that a reminder is due. */
  duePlans = 0;
  readonly #check: Check;

  constructor(check: Check) {
    this.#check = check;
    this.tell({ kind: 'recheck' });
    this.tell({ kind: 'woken' });
  }

  get closed(): boolean {
    return this.core.state === 'closed';
  }

  tell(event: ApprovalEvent): void {
    const before = this.core;
    // Time passes between events, enough for a second look to confirm a first.
    this.#events += 1;
    const { core, commands } = step(before, event, this.#now());
    this.core = core;
    this.commands = commands;
    this.#oweLook(event);
    for (const command of commands) this.#run(command, before);
    this.#check(this, before, event);
    if (this.winding) this.#renew();
  }

  #now(): string {
    return new Date(Date.parse(at) + this.#events * 40_000).toISOString();
  }

  #oweLook(event: ApprovalEvent): void {
    if (['recheck', 'lookFailed', 'carryFailed'].includes(event.kind)) this.owesLook = true;
    // What a decision saw is newer than what a look will bring that began before it.
    if (event.kind === 'settled' && event.result.kind === 'moved') this.owesLook = this.looking;
  }

  #run(command: Command, before: ApprovalCore): void {
    const works = command.kind === 'look' || command.kind === 'send' || command.kind === 'carryOut';
    claim(!works || before.state !== 'closed', `P2: nothing happens after the end, but ${command.kind}`);
    switch (command.kind) {
      case 'look':
        claim(!this.looking, 'one look at a time');
        this.looking = true;
        this.owesLook = false;
        return;
      case 'send': {
        this.#send(command);
        return;
      }
      case 'cancelSends':
        for (const id of this.sending.keys()) this.sending.set(id, true);
        return;
      case 'carryOut': {
        this.#carry(command);
        return;
      }
      case 'wake':
        this.wake = true;
        return;
      case 'sleep':
        this.wake = false;
        return;
      case 'follow':
        this.follows += 1;
        return;
    }
  }

  #remind({ card, sheet }: Command & { kind: 'send' }): void {
    claim(this.delivered.has(card.id), 'a reminder is of a card that arrived');
    claim(!this.sending.has(card.id), 'P7: a card under way is not sent again');
    claim(card.live && card.factsHash === sheet.factsHash, 'P4: a reminder asks about the present facts');
    claim(this.core.queue.length === 0, 'P11: nobody is reminded while a decision waits');
    this.sending.set(card.id, false);
  }

  #send(command: Command & { kind: 'send' }): void {
    if (command.reminder !== undefined) {
      this.#remind(command);
      return;
    }
    const { card, to, sheet, previous } = command;
    const reaches = (id: string) => this.delivered.has(id) || this.sending.has(id);
    const earlier = [...this.cards].filter(([id, each]) => each.userId === to.id && reaches(id));
    const last = earlier.at(-1)?.[1].factsHash;
    const changedFrom = last === sheet.factsHash ? undefined : last;
    const said = previous === undefined ? undefined : `hash-${previous.total}`;
    claim(said === changedFrom, 'P4: a card says what changed since the one before it');
    const known = this.cards.get(card.id);
    claim(known === undefined || known.factsHash === sheet.factsHash, 'P7: one card, one set of facts');
    claim(known === undefined || known.userId === to.id, 'P7: one card, one person');
    claim(card.factsHash === sheet.factsHash && card.userId === to.id, 'P4: a card says what it showed');
    claim(!this.sending.has(card.id), 'P7: a card under way is not sent again');
    claim(!this.delivered.has(card.id), 'P7: a card that arrived is not sent again');
    this.cards.set(card.id, { userId: to.id, factsHash: sheet.factsHash });
    this.sending.set(card.id, false);
  }

  #carry(command: Command & { kind: 'carryOut' }): void {
    const { decision: taken, factsHash } = command;
    claim(this.carrying === undefined, 'P2: one decision is carried out at a time');
    this.carrying = command;
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

  /** Does one move, unless it cannot happen now. */
  do(move: Move): void {
    switch (move.move) {
      case 'press': {
        const card = [...this.cards.keys()].at(move.card);
        const owner = this.cards.get(card ?? '')?.userId ?? 1;
        const userId = move.byOwner ? owner : (owner % people.length) + 1;
        this.#press(
          { action: move.action, card: move.card < 0 ? 'c-forged' : (card ?? 'c-none'), actor: { userId } },
          move.id,
        );
        return;
      }
      case 'pressBareId': {
        const address = people.find((person) => person.id === move.user)?.address ?? '';
        this.#press({ action: move.action, actor: { address }, via: 'address' }, move.id);
        return;
      }
      case 'lookUp': {
        const factsHash = `hash-${move.total}`;
        this.#lookUp({ cardId: `l${move.user}${factsHash}`, userId: move.user, factsHash });
        return;
      }
      case 'recheck': {
        this.tell({ kind: 'recheck' });
        return;
      }
      case 'wake':
        if (this.wake) this.#wakeUp();
        return;
      case 'lateWake': {
        this.tell({ kind: 'woken' });
        return;
      }
      case 'look':
        if (this.looking) this.#looked(move.seen, move.plan);
        return;
      case 'send': {
        const [id] = [...this.sending.keys()].slice(move.index);
        if (id !== undefined) this.#sendEnded(id, move.end);
        return;
      }
      case 'carry':
        if (this.carrying !== undefined) this.#carried(this.carrying.decision, move.end, move.seen);
        return;
      case 'continueAsNew': {
        this.#continueAsNew();
        return;
      }
    }
  }

  /** Lets everything under way end well, then whatever that leads to, until nothing is under way. */
  settle(): void {
    for (let rounds = 0; rounds < 200; rounds += 1) {
      const [card] = this.sending.keys();
      if (this.carrying !== undefined) this.#carried(this.carrying.decision, 'refused', turn());
      else if (this.looking) this.#looked(turn(), { due: false, inMs: null });
      else if (card !== undefined) this.#sendEnded(card, 'sent');
      else if (this.wake) this.#wakeUp();
      else return;
    }
    throw new Error('broken: an approval that everything goes well for comes to rest');
  }

  #press(over: Partial<Decision>, id: number): void {
    const decisionId = `d${id}`;
    this.pressed.add(decisionId);
    // A press that changed nothing may come again, and is a new one.
    if (this.core.answers[decisionId] !== undefined && !this.closed) this.carriedOn.delete(decisionId);
    this.tell({ kind: 'pressed', decision: decision({ decisionId, ...over }) });
  }

  #lookUp(lookUp: LookUp): void {
    // The API hands a reference out only for an approval whose facts were seen.
    if (this.core.sheet === null || this.closed) return;
    if (!this.cards.has(lookUp.cardId)) this.cards.set(lookUp.cardId, lookUp);
    this.tell({ kind: 'lookedUp', lookUp });
  }

  #wakeUp(): void {
    this.wake = false;
    this.tell({ kind: 'woken' });
  }

  #looked(seen: Observation | 'failed', plan: Plan | undefined): void {
    this.looking = false;
    if (seen === 'failed') {
      this.tell({ kind: 'lookFailed', problem: { type: 'timeout', message: 'timeout' } });
    } else if (plan === undefined) {
      this.tell({ kind: 'observed', observation: seen });
    } else {
      const { due, inMs } = plan;
      if (due) this.duePlans += 1;
      const nextAt = inMs === null ? null : new Date(Date.parse(this.#now()) + inMs).toISOString();
      this.tell({ kind: 'observed', observation: seen, reminder: { due, nextAt }, policy: 'p' });
    }
  }

  #sendEnded(cardId: string, end: 'sent' | 'failed' | 'cancelled'): void {
    const stopped = this.sending.get(cardId) === true;
    this.sending.delete(cardId);
    if (end === 'sent') {
      this.delivered.add(cardId);
      this.tell({ kind: 'sent', cardId });
    } else if (end === 'cancelled' && stopped) {
      this.tell({ kind: 'sendCancelled', cardId });
    } else {
      this.tell({ kind: 'sendFailed', cardId, problem: { type: 'TerminalError', message: 'refused' } });
    }
  }

  #carried(taken: Decision, end: CarryEnd, seen: Observation): void {
    this.carrying = undefined;
    if (end === 'failed') {
      this.tell({ kind: 'carryFailed', problem: { type: 'timeout', message: 'timeout' } });
      return;
    }
    const { decisionId, action, actor } = taken;
    const by = people.find((person) => person.id === actor.userId || person.address === actor.address);
    const results: Record<CarryOutResult['kind'], CarryOutResult> = {
      carriedOut: { kind: 'carriedOut', standing: standing({ decisionId, action, userId: by?.id ?? 0 }) },
      notEntitled: { kind: 'notEntitled' },
      refused: { kind: 'refused', words: ['not now'] },
      moved: { kind: 'moved', observation: seen },
    };
    this.tell({ kind: 'settled', result: results[end] });
  }

  #continueAsNew(): void {
    if (this.closed) return;
    this.winding = true;
    this.tell({ kind: 'winding' });
  }

  /** The next run knows the core alone, as JSON, and starts by waking up; this one ends when it is idle. */
  #renew(): void {
    if (this.closed || this.looking || this.carrying !== undefined || this.sending.size > 0) return;
    this.winding = false;
    this.core = carriedOver(JSON.parse(JSON.stringify(this.core)) as ApprovalCore);
    this.wake = false;
    // Both events are in the box at once; the second is as good as a timer until it is taken.
    this.wake = true;
    this.tell({ kind: 'recheck' });
    this.#wakeUp();
  }
}
