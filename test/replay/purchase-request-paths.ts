import { z } from 'zod';
import { purchaseRequestMemoKey } from '../../src/contract/purchase-request.ts';
import { isResolving } from '../../src/workflows/purchase-request/core/resolve.ts';
import { changes, generalPaths, type Told } from './paths.ts';

const kind = z.object({ kind: z.string() });
const memo = z.object({
  state: z.string(),
  attention: z.object({ n: z.number(), reason: z.string() }).optional(),
});
const create = kind.extend({
  access: z.boolean().optional(),
  problems: z.array(z.unknown()).optional(),
});
const news = z.object({ news: z.string() });
const link = z.object({ about: z.string() });
const started = z.object({
  origin: kind,
  carried: z.object({ task: kind, attention: z.unknown().optional() }).optional(),
});

/** What each create came to, with what it says beside. */
function createPaths(told: Told): string[] {
  return told.answers('createPurchaseRequest').flatMap((answer) => {
    const { kind: came, access, problems } = create.parse(answer);
    const flags = {
      'a create to which access is refused': access === true,
      'a create that waits for Concur': access === false,
      'a create that is refused without a reason': problems?.length === 0,
      'a create that is refused with problems': (problems?.length ?? 0) > 0,
    };
    const said = Object.entries(flags).flatMap(([path, holds]) => (holds ? [path] : []));
    return [`a create that is ${came}`, ...said];
  });
}

/** What humans answered, and to which question. */
function answerPaths(told: Told, asked: readonly number[]): string[] {
  return told.signals('resolve').flatMap((signal) => {
    if (!isResolving(signal)) return ['an answer that is none'];
    const { attention, resolution } = signal;
    const byNumber = resolution.kind === 'created' && resolution.concurId === undefined;
    return [
      asked.includes(attention) ? `an answer that is ${resolution.kind}` : 'an answer to another question',
      ...(byNumber ? ['an answer by a number alone'] : []),
    ];
  });
}

/** The ways that one run of the workflow `purchaseRequest` took. */
export function purchaseRequestPaths(told: Told): string[] {
  const shown = told.events.flatMap((each) => {
    const atStart = each.workflowExecutionStartedEventAttributes?.memo;
    const held = atStart ?? each.workflowPropertiesModifiedEventAttributes?.upsertedMemo;
    return held === undefined ? [] : [memo.parse(held.fields[purchaseRequestMemoKey])];
  });
  const states = shown.map(({ state, attention }) =>
    attention === undefined ? state : `${state} (${attention.reason})`,
  );
  const { origin, carried } = started.parse(told.input);
  const asked = shown.flatMap(({ attention }) => (attention === undefined ? [] : [attention.n]));
  return [
    ...generalPaths(told),
    ...shown.map(({ state }) => `state ${state}`),
    ...shown.flatMap(({ attention }) => (attention === undefined ? [] : [`attention ${attention.reason}`])),
    ...changes(states).map((change) => `state ${change}`),
    ...createPaths(told),
    ...answerPaths(told, asked),
    ...told.answers('prepareHandOff').map((each) => `prepared: ${kind.parse(each).kind}`),
    ...told.answers('readPurchaseRequest').map((each) => `a look: ${kind.parse(each).kind}`),
    ...told.asked('tellPurchaseRequester').map((each) => `news: ${news.parse(each).news}`),
    ...told.asked('linkRequisition').map((each) => `the requisition told: ${link.parse(each).about}`),
    `an origin: ${origin.kind}`,
    ...(carried === undefined ? [] : [`carried over: ${carried.task.kind}`]),
    ...(carried?.attention === undefined ? [] : ['carried over: a human is asked']),
  ];
}
