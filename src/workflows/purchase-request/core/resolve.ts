import type { AttentionReason, Resolution, Resolving } from '../../../contract/purchase-request.ts';
import { clip } from '../../bytes.ts';
import { dropped } from './attention.ts';
import { linkCreated } from './beside.ts';
import { end } from './end.ts';
import type { Doing, Step } from './events.ts';
import { followNamed } from './follow.ts';
import { forgotten, mayBeMissing, untroubled, type PurchaseCore } from './state.ts';
import { note } from './timeline.ts';

/** Words of callers, in a line of the story. */
const wordBytes = 100;
const word = (text: string): string => clip(text, wordBytes);

/** So many answers are kept while a create is under way. */
const heldLimit = 20;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTextOrAbsent = (value: unknown): boolean => value === undefined || isText(value);

function isResolution(value: unknown): value is Resolution {
  const { kind, concurId, number } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === 'notCreated' || kind === 'abandoned') return true;
  const names = isTextOrAbsent(concurId) && isTextOrAbsent(number);
  return kind === 'created' && names && (isText(concurId) || isText(number));
}

/** Whether a signal's argument is an answer. Hand-written: workflow code does without a validation library. */
export function isResolving(value: unknown): value is Resolving {
  const { attention, resolution, by } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof attention === 'number' && typeof by === 'string' && isResolution(resolution);
}

/** A requisition is read again first: humans take their time, and it may be withdrawn by now, or ordered by Coupa itself. */
function anew({ origin }: PurchaseCore): Doing {
  return { kind: origin.kind === 'handOff' ? 'prepare' : 'create' };
}

/** What "not created" leads to, or undefined where the request is known to exist. */
function again(core: PurchaseCore, reason: AttentionReason): Doing | undefined {
  switch (reason) {
    case 'unknownOutcome':
      return anew(core);
    case 'notFound':
      // What Concur has shown was created: to create it again on a word might order it twice. That it does not know the
      // id that a human named says nothing of the create, so this answer alone leads to another one (P5).
      return mayBeMissing(core) ? anew(core) : undefined;
    case 'incomplete':
    case 'handedOverBefore':
      return { kind: 'prepare' };
    case 'access':
      // What it waits for is done at once; what is under way already goes on.
      if (core.task.kind === 'wait') return core.task.then;
      return core.task.kind === 'rest' ? undefined : core.task;
    case 'notOrderedInTime':
      return undefined;
  }
}

function goOn(core: PurchaseCore, reason: AttentionReason, task: Doing): PurchaseCore {
  const freed = untroubled(dropped(core));
  if (task.kind === 'prepare') {
    const { notes } = freed;
    const isForgiven = reason === 'handedOverBefore' && notes !== undefined;
    const forgiven = isForgiven ? { forgiven: notes } : {};
    return { ...forgotten(freed), ...forgiven, problems: [], phase: 'checking', task };
  }
  return task.kind === 'create' ? { ...forgotten(freed), phase: 'creating', task } : { ...freed, task };
}

function resolved(
  core: PurchaseCore,
  reason: AttentionReason,
  resolution: Resolution,
  at: string,
): PurchaseCore {
  switch (resolution.kind) {
    case 'abandoned':
      return end(core, 'abandoned', at, 'Given up');
    case 'notCreated': {
      const task = again(core, reason);
      return task === undefined
        ? note(core, at, 'That changes nothing: Concur has it')
        : goOn(core, reason, task);
    }
    case 'created': {
      const { concurId, number } = resolution;
      if (concurId !== undefined) return followNamed(untroubled(dropped(core)), reason, concurId, at);
      // An id that was named, and that Concur does not know, belongs to nothing.
      const known =
        reason === 'notFound' && core.named === true && mayBeMissing(core) ? forgotten(core) : core;
      const status = {
        exceptions: [],
        orders: [],
        ...known.status,
        ...(number === undefined ? {} : { number }),
      };
      // Nobody can look it up by its number: that needs the id.
      return end({ ...known, status }, 'unfollowed', at, `It is in Concur as ${word(number ?? '')}`);
    }
  }
}

/** What a human says, in words. */
function said({ attention, by, resolution }: Resolving): string {
  const names = resolution.kind === 'created' ? [resolution.concurId, resolution.number] : [];
  const named = names.filter((name) => name !== undefined).map(word);
  return `${word(by)} answers ${attention}: ${[resolution.kind, ...named].join(' ')}`;
}

/**
 * A human says what they found out. It counts for the request that it answers and no other one: of two answers at once
 * the first counts. While a create is under way nobody knows yet what it is an answer to (P5).
 */
export function hear(core: PurchaseCore, resolving: Resolving, at: string): PurchaseCore {
  if (core.task.kind === 'create') return { ...core, held: [...core.held, resolving].slice(0, heldLimit) };
  const { attention } = core;
  const told = said(resolving);
  if (attention?.n !== resolving.attention) {
    const asked = attention === undefined ? 'nobody is asked' : `what is asked now is ${attention.n}`;
    return note(core, at, `${told}. That changes nothing: ${asked}`);
  }
  return resolved(note(core, at, told), attention.reason, resolving.resolution, at);
}

/** The same, and what is done beside it: a requisition gets the number by which its purchase request is known. */
export function heard(core: PurchaseCore, resolving: Resolving, at: string): Step {
  const next = hear(core, resolving, at);
  return { core: next, beside: endsUnfollowed(core, next) ? linkCreated(next) : [] };
}

const endsUnfollowed = (before: PurchaseCore, now: PurchaseCore): boolean =>
  before.phase !== 'unfollowed' && now.phase === 'unfollowed';

/** Hears what was said while a create was under way. */
export function hearHeld(core: PurchaseCore, at: string): Step {
  let next: Step = { core: { ...core, held: [] }, beside: [] };
  for (const resolving of core.held) {
    const { core: after, beside } = heard(next.core, resolving, at);
    next = { core: after, beside: [...next.beside, ...beside] };
  }
  return next;
}
