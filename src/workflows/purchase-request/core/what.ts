import { purchaseRequestRef } from '../../../contract/ids.ts';
import type { Problem } from '../../../contract/observation.ts';
import { clip } from '../../bytes.ts';
import { mayBeMissing, type PurchaseCore } from './state.ts';

/** Enough for what to do about a lost token; the memo has room for little, and the calls that go on stand at the end. */
const messageBytes = 500;

/** What humans are told to look for, and to tell this service then: one text for each reason. */

/** A number of things, in words. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/**
 * The calls by which it goes on, ready to be sent: with the number of the question that is about to be asked, so that a
 * repeat of an answer is never taken for one to a later question.
 */
function answers(core: PurchaseCore, calls: readonly string[]): string {
  const numbered = calls.map((call) => call.replace('{', `{"attention":${core.attentions + 1},`));
  return `POST /purchase-requests/${core.id}/resolve: ${numbered.join('; ')}.`;
}

const found =
  '{"outcome":"created","purchaseRequestId":"<its id>"} (or "purchaseRequestNumber") if it is there';
const giveUp = '{"outcome":"abandoned"} gives it up';

/** P5: names everything by which a human, or SAP's support, finds out what became of the create. */
export function whatOfUnknown(core: PurchaseCore, trouble: Problem): string {
  return [
    `It was sent to SAP Concur at ${core.sentAt ?? 'an unknown time'}, which may have created it (${clip(trouble.message, messageBytes)}).`,
    `Wait some minutes, since Concur creates in the background, then look there for a purchase request whose comments begin with ${purchaseRequestRef(core.id)};`,
    `SAP's support finds the call by its correlation id ${core.correlationId ?? 'unknown'}.`,
    answers(core, [found, '{"outcome":"notCreated"} sends it again', giveUp]),
  ].join(' ');
}

export function whatOfAccess(core: PurchaseCore, trouble: Problem): string {
  return [
    `A credential or a right is refused (${clip(trouble.message, messageBytes)}). Nothing was created; it is tried again every hour.`,
    answers(core, ['{"outcome":"notCreated"} tries at once', giveUp]),
  ].join(' ');
}

/** Concur has accepted it, and how it stands cannot be read. */
export function whatOfUnread(core: PurchaseCore, trouble: Problem): string {
  const { named, concurId = 'unknown' } = core;
  const origin = named === true ? `A human named it as ${concurId}` : `SAP Concur accepted it as ${concurId}`;
  return [
    `${origin}, and how it stands cannot be read (${clip(trouble.message, messageBytes)}); it is tried again every hour.`,
    answers(core, ['{"outcome":"notCreated"} tries at once, and creates nothing', giveUp]),
  ].join(' ');
}

export function whatOfIncomplete(core: PurchaseCore, problems: number): string {
  return [
    `The mapping or the requisition lacks something: ${counted(problems, 'problem')}, shown with this request.`,
    answers(core, ['once that is mended {"outcome":"notCreated"} makes it anew', giveUp]),
  ].join(' ');
}

export function whatOfEarlier(core: PurchaseCore): string {
  return [
    'The requisition carries the comment of an earlier hand-over that nobody remembers: another would order it twice.',
    `Look in Concur for a purchase request whose comments begin with ${purchaseRequestRef(core.id)}.`,
    answers(core, [found, '{"outcome":"notCreated"} hands it over anew', giveUp]),
  ].join(' ');
}

/** What is not found, and what is known of it otherwise: of one that a human named nothing is. */
function unfound({ concurId = 'unknown', status, named, knownAs, sentAt, correlationId }: PurchaseCore) {
  if (status !== undefined) {
    return `SAP Concur has shown it as ${status.number ?? concurId} and does not know it any more`;
  }
  if (named === undefined) return `SAP Concur accepted it as ${concurId} and does not know that id`;
  const unknown = `SAP Concur knows none under the id that was named, ${concurId}`;
  if (knownAs !== undefined) return `${unknown}; before that it was followed as ${knownAs}`;
  if (sentAt === undefined) return unknown;
  const call = `correlation id ${correlationId ?? 'unknown'}`;
  return `${unknown}, so it is still open what became of the create of ${sentAt} (${call})`;
}

/** One that Concur has shown before was created: then nobody is offered to create it again. */
export function whatOfNotFound(core: PurchaseCore): string {
  return [
    `${unfound(core)}; it is asked for once a day.`,
    `Look in Concur for a purchase request whose comments begin with ${purchaseRequestRef(core.id)}.`,
    answers(core, [
      found,
      ...(mayBeMissing(core) ? ['{"outcome":"notCreated"} sends it again'] : []),
      giveUp,
    ]),
  ].join(' ');
}

export function whatOfNotOrdered(core: PurchaseCore): string {
  return [
    `SAP Concur has it as ${core.status?.number ?? core.concurId ?? 'unknown'}, and no purchase order came of it in time;`,
    'it is looked at once a day, and an order ends it.',
    answers(core, [
      '{"outcome":"created","purchaseRequestId":"<its id>"} follows that one for another period',
      giveUp,
    ]),
  ].join(' ');
}
