import type { Decision } from '../../../contract/decision.ts';
import type { CarryOutResult, Observation } from '../../../contract/observation.ts';
import type { LookUp } from '../../../contract/messages.ts';
import { goesFurther, type Mode } from '../../../contract/mode.ts';
import type { ReminderClock } from '../../../contract/reminders.ts';
import type { ApprovalEvent, Command } from './events.ts';
import { carriedOver, type ApprovalCore } from './state.ts';
import { step } from './step.ts';
import { Books, claim } from './test-books.ts';
import { Notices } from './test-notices.ts';
import { people, type CarryEnd, type Move, type Plan } from './test-moves.ts';
import { at, decision, newCore, standing, turn } from './test-values.ts';

/** Called after every event, with what was known before it. */
export type Check = (shell: ModelShell, before: ApprovalCore, event: ApprovalEvent) => void;

/**
 * The shell without Temporal: it does what the core commands, in any order and with any delay, and reports back.
 * It keeps its own books of what was sent, pressed and carried out, and compares every command with them.
 */
export class ModelShell {
  core: ApprovalCore = newCore;
  looking = false;
  /** When the timer that runs goes off, in milliseconds since the epoch. */
  wakeAtMs: number | null = null;
  carrying: (Command & { kind: 'carryOut' }) | undefined;
  readonly books = new Books();
  readonly notices = new Notices();
  readonly pressed = new Set<string>();
  /** The run is about to end: nothing is begun until the next one. */
  winding = false;
  /** The mode that the workers run in. */
  mode: Mode = 'decide';
  #events = 0;
  /** Something asked for a look, and none began since. */
  owesLook = false;
  /** What the last event led to. */
  commands: readonly Command[] = [];
  /** How often policy said that a reminder is due. */
  duePlans = 0;
  /** By the last plan that was heard, no reminder is to come. */
  never = false;
  /** What reminders counted from when the look began that is or was under way. */
  plannedBy: ReminderClock | undefined;
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
    const { core, commands } = step(before, event, new Date(this.nowMs).toISOString());
    this.core = core;
    this.commands = commands;
    this.#oweLook(event);
    this.#hearPlan(event, before);
    const now = new Date(this.nowMs).toISOString();
    this.notices.hear(event, before, now);
    for (const command of commands) this.#run(command, before);
    this.notices.check(before, core, now);
    this.#check(this, before, event);
    if (this.winding) this.#renew();
  }

  get nowMs(): number {
    return Date.parse(at) + this.#events * 40_000;
  }

  #hearPlan(event: ApprovalEvent, before: ApprovalCore): void {
    const heard = event.kind === 'observed' && before.queue.length === 0 && !before.lookAgain;
    if (heard && this.core.state === 'asked') this.never = event.reminder?.nextAt === null;
    // Whoever is asked next is planned for anew.
    if (before.clock !== undefined && this.core.clock === undefined) this.never = false;
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
        this.plannedBy = this.core.clock;
        return;
      case 'send': {
        this.books.send(command, this.core, this.mode);
        this.notices.send(command);
        return;
      }
      case 'cancelSends':
        for (const each of this.books.sending.values()) each.stopped = true;
        return;
      case 'carryOut': {
        claim(this.carrying === undefined, 'P2: one decision is carried out at a time');
        this.carrying = command;
        this.books.carry(command);
        return;
      }
      case 'wake':
        this.wakeAtMs = this.nowMs + command.afterMs;
        return;
      case 'sleep':
        this.wakeAtMs = null;
        return;
      case 'follow':
        this.notices.follow(command, before);
        return;
    }
  }

  /** Does one move, unless it cannot happen now. */
  do(move: Move): void {
    switch (move.move) {
      case 'press': {
        const card = [...this.books.cards.keys()].at(move.card);
        const owner = this.books.cards.get(card ?? '')?.userId ?? 1;
        const userId = move.byOwner ? owner : (owner % people.length) + 1;
        this.#press(
          { action: move.action, card: move.card < 0 ? 'c-forged' : (card ?? 'c-none'), actor: { userId } },
          move,
        );
        return;
      }
      case 'pressBareId': {
        const address = people.find((person) => person.id === move.user)?.address ?? '';
        this.#press({ action: move.action, actor: { address }, via: 'address' }, move);
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
        if (this.wakeAtMs !== null) this.#wakeUp();
        return;
      case 'lateWake': {
        this.tell({ kind: 'woken' });
        return;
      }
      case 'look':
        if (this.looking) this.#looked(move.seen, move.plan);
        return;
      case 'send': {
        const [id] = [...this.books.sending.keys()].slice(move.index);
        if (id !== undefined) this.#sendEnded(id, move.end);
        return;
      }
      case 'carry':
        if (this.carrying !== undefined) this.#carried(this.carrying.decision, move.end, move.seen);
        return;
      case 'switch':
        this.mode = move.mode;
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
      const [card] = this.books.sending.keys();
      if (this.carrying !== undefined) this.#carried(this.carrying.decision, 'refused', turn());
      else if (this.looking) this.#looked(turn(), { due: false, inMs: null });
      else if (card !== undefined) this.#sendEnded(card, 'sent');
      else if (this.wakeAtMs !== null) this.#wakeUp();
      else return;
    }
    throw new Error('broken: an approval that everything goes well for comes to rest');
  }

  #press(over: Partial<Decision>, { id, patient }: { id: number; patient: boolean }): void {
    const decisionId = `d${id}`;
    // Whoever is patient is still there when the answer comes.
    const receivedAt = new Date(patient ? this.nowMs + 86_400_000 : 0).toISOString();
    this.pressed.add(decisionId);
    // A press that changed nothing may come again, and is a new one.
    if (this.core.answers[decisionId] !== undefined && !this.closed) this.books.carriedOn.delete(decisionId);
    this.tell({ kind: 'pressed', decision: decision({ decisionId, receivedAt, ...over }) });
  }

  #lookUp(lookUp: LookUp): void {
    // The API hands a reference out only for an approval whose facts were seen.
    if (this.core.sheet === null || this.closed) return;
    if (!this.books.cards.has(lookUp.cardId)) this.books.cards.set(lookUp.cardId, lookUp);
    this.tell({ kind: 'lookedUp', lookUp });
  }

  #wakeUp(): void {
    this.wakeAtMs = null;
    this.tell({ kind: 'woken' });
  }

  #looked(seen: Observation | 'failed', plan: Plan): void {
    this.looking = false;
    if (seen === 'failed') {
      this.tell({ kind: 'lookFailed', problem: { type: 'timeout', message: 'timeout' } });
    } else {
      const { due, inMs } = plan;
      if (due) this.duePlans += 1;
      const nextAt = inMs === null ? null : new Date(this.nowMs + inMs).toISOString();
      this.tell({
        kind: 'observed',
        observation: seen,
        reminder: { due, nextAt },
        policy: 'p',
        mode: this.mode,
      });
    }
  }

  #sendEnded(cardId: string, end: 'sent' | 'failed' | 'cancelled'): void {
    const { stopped, mode } = this.books.sending.get(cardId) ?? { stopped: false, mode: this.mode };
    this.books.sending.delete(cardId);
    if (end === 'sent') {
      const userId = this.books.cards.get(cardId)?.userId;
      const falls = this.core.mode !== undefined && goesFurther(this.core.mode, mode);
      if (userId !== undefined && !falls) {
        const before = this.books.delivered.get(cardId);
        // One that is sent again because the mode goes further is another message: it may arrive after its holder was
        // told of the end by the first, and asks something that has to be taken back as well.
        if (goesFurther(mode, before ?? 'shadow')) this.notices.reach(userId);
        this.books.delivered.set(cardId, before !== undefined && goesFurther(before, mode) ? before : mode);
      }
      this.tell({ kind: 'sent', cardId, mode });
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
    if (this.closed || this.looking || this.carrying !== undefined || this.books.sending.size > 0) return;
    this.winding = false;
    this.core = carriedOver(JSON.parse(JSON.stringify(this.core)) as ApprovalCore);
    // Both events are in the box at once; the second is as good as a timer until it is taken.
    this.wakeAtMs = this.nowMs;
    this.tell({ kind: 'recheck' });
    this.#wakeUp();
  }
}
