import { randomBytes, randomUUID } from 'node:crypto';
import { checkCodes } from '../../activities/concur/check-codes.ts';
import { create } from '../../activities/concur/create.ts';
import type { ListField } from '../../config/config.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import type { CreateResult } from '../../contract/concur-work.ts';
import { purchaseRequestRef } from '../../contract/ids.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import type { RequestProblem } from '../../contract/purchase-request.ts';
import { createSummary } from './create-summary.ts';
import { exitCodes } from './exit-codes.ts';
import type { Interrupts } from './interrupts.ts';
import { jsonText, plain } from './plain.ts';
import { listed, problemLines } from './problem-lines.ts';
import { confirm, type Talk } from './talk.ts';
import { unknownText, type Attempt } from './unknown-text.ts';

export interface CreateDeps {
  readonly client: ConcurClient;
  readonly talk: Talk;
  readonly interrupts: Interrupts;
  readonly listFields: readonly ListField[];
  /** Where it goes, for the question. */
  readonly where: string;
  /** User id that it is assigned to, where a user's token creates it. */
  readonly assignedTo?: string;
}

interface CreateOptions {
  /** Nobody is asked. */
  readonly yes: boolean;
  readonly json: boolean;
}

/** Says how it ended: one document for machines, or lines for people, where a failure's go to stderr. */
function report(
  { talk }: CreateDeps,
  { json }: CreateOptions,
  ended: {
    readonly code: number;
    readonly text: string;
    readonly document: Readonly<Record<string, unknown>>;
  },
): number {
  if (json) talk.out(jsonText(ended.document));
  if (ended.code !== exitCodes.done) talk.say(ended.text);
  else if (!json) talk.out(ended.text);
  return ended.code;
}

function problemsReport(heading: string, problems: readonly RequestProblem[]) {
  const text = listed(heading, problemLines(problems));
  return { code: exitCodes.failed, text, document: { outcome: 'refused', problems } };
}

function resultReport(result: CreateResult, attempt: Attempt) {
  const { correlationId } = attempt;
  const found = { ref: purchaseRequestRef(attempt.id), correlationId };
  switch (result.kind) {
    case 'accepted': {
      const id = plain(result.concurId);
      const text = [
        `SAP Concur took it and creates it in the background: id ${id}, ${found.ref}.`,
        `Follow it: countersign concur status ${id} --watch`,
      ].join('\n');
      return { code: exitCodes.done, text, document: { outcome: 'accepted', id: result.concurId, ...found } };
    }
    case 'refused': {
      const why = result.problems.length === 0 ? ', and does not say why in a way that can be read' : ':';
      const refused = problemsReport(`SAP Concur refuses it${why}`, result.problems);
      const text = `${refused.text}\nNothing was created; SAP's support finds the call by its correlation id ${correlationId}.`;
      return { ...refused, text, document: { ...refused.document, ...found } };
    }
    case 'notCreated': {
      const text = `Nothing was created: ${plain(result.trouble.message)}`;
      const document = { outcome: 'notCreated', message: result.trouble.message, ...found };
      return { code: exitCodes.failed, text, document };
    }
    case 'unknown': {
      const { message } = result.trouble;
      const document = { outcome: 'unknown', message, ...found };
      return { code: exitCodes.unknown, text: unknownText(attempt, message), document };
    }
  }
}

/** Sends it once; whatever ends that without a result is an unknown outcome (P5). */
async function send(
  { client, talk, interrupts }: CreateDeps,
  document: PurchaseRequestDocument,
  attempt: Attempt,
): Promise<CreateResult> {
  const words = {
    waits: () => {
      talk.say('It may be on its way: waiting for the answer. Ctrl-C again leaves it alone.');
    },
    leaves: () => {
      talk.say(unknownText(attempt, 'its answer was not waited for.'));
      return exitCodes.unknown;
    },
  };
  const { signal } = interrupts;
  try {
    return await interrupts.whileSending(words, () =>
      create(client, { ...attempt, document }, { attempt: 1, signal }),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : 'it ended with an error.';
    return { kind: 'unknown', trouble: { type: 'Unexpected', message } };
  }
}

/** `concur create`, with a document that is well-formed: checks its codes, asks, and creates it once. */
export async function createRequest(
  deps: CreateDeps,
  document: PurchaseRequestDocument,
  options: CreateOptions,
): Promise<number> {
  const { client, talk, interrupts, listFields, where, assignedTo } = deps;
  const checked = await checkCodes(client, document, listFields, interrupts.signal);
  if (checked.problems.length > 0) {
    const heading = 'SAP Concur does not know these codes; nothing was created:';
    return report(deps, options, problemsReport(heading, checked.problems));
  }
  const { notChecked } = checked;
  talk.say(
    createSummary(document, { where, notChecked, ...(assignedTo === undefined ? {} : { assignedTo }) }),
  );
  if (!options.yes && !(await confirm(talk, 'Create it in SAP Concur? It cannot be withdrawn.'))) {
    const text = 'Nothing was created.';
    return report(deps, options, { code: exitCodes.failed, text, document: { outcome: 'declined' } });
  }
  const attempt = { id: `cli-${randomBytes(8).toString('hex')}`, correlationId: randomUUID() };
  // Said before it is sent, so that it can be found whatever becomes of this process.
  talk.say(`Sending it with ${purchaseRequestRef(attempt.id)}, correlation id ${attempt.correlationId} ...`);
  return report(deps, options, resultReport(await send(deps, document, attempt), attempt));
}
