import type { TapFault } from '../support/coupa-tap.ts';
import type { TappedStack } from '../support/tapped-stack.ts';
import { type CoupaReader, linesOf } from './coupa-truth.ts';
import type { Press } from './evidence.ts';
import type { Mailbox } from './mailbox.ts';
import type { NewRequisition, Sequence } from './sequence.ts';

/** One requisition of a sequence, with what was done to it. */
export interface Live {
  readonly id: number;
  readonly spec: NewRequisition;
  /** What its facts are now; each edit makes facts that were never there before. */
  version: number;
  edits: number;
  /** How often its facts or its approvers became again what they had been. */
  asksAgain: number;
  readonly presses: Press[];
}

/** Where sequences are played: shared by all of them. */
export interface Stage {
  readonly stack: TappedStack;
  readonly reader: CoupaReader;
  readonly mailbox: Mailbox;
  /** Workers stopped so far. */
  restarts: number;
  pressed: number;
}

/** One sequence being played. */
export interface Play {
  readonly stage: Stage;
  readonly live: readonly Live[];
  /** Presses whose callers have not been answered yet. */
  readonly waiting: Promise<void>[];
  readonly faults: TapFault[];
  readonly restartsBefore: number;
}

async function create(stage: Stage, spec: NewRequisition): Promise<Live> {
  const { requesterId, createdById, chain, draft } = spec;
  const { requisitionId } = await stage.stack.coupa.submit({
    requesterId,
    ...(createdById === undefined ? {} : { createdById }),
    chain,
    lines: linesOf(0),
    title: 'Desks',
    ...(draft ? { submit: false, draftRow: true } : {}),
  });
  return { id: requisitionId, spec, version: 0, edits: 0, asksAgain: 0, presses: [] };
}

/** Creates the requisitions of a sequence in Coupa. */
export async function startPlay(stage: Stage, { requisitions }: Sequence): Promise<Play> {
  const live = await Promise.all(requisitions.map((spec) => create(stage, spec)));
  return { stage, live, waiting: [], faults: [], restartsBefore: stage.restarts };
}

/** The one of `choices` that a number stands for; undefined where there is none. */
export function chosen<T>(choices: readonly T[], pick: number): T | undefined {
  return choices[pick % Math.max(1, choices.length)];
}
