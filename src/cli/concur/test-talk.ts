import { Secret } from '../../contract/secret.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import type { Interrupts, SendingWords } from './interrupts.ts';
import type { Talk } from './talk.ts';

/** A talk with its answers laid out beforehand, and all that was said in it. */
export function testTalk({
  answers,
  interactive = true,
}: { answers?: string[]; interactive?: boolean } = {}) {
  const out: string[] = [];
  const said: string[] = [];
  const questions: string[] = [];
  const left = [...(answers ?? [])];
  const next = (question: string) => {
    questions.push(question);
    const answer = left.shift();
    return answer === undefined
      ? Promise.reject(new Error(`nobody answers: ${question}`))
      : Promise.resolve(answer);
  };
  const talk: Talk = {
    out: (text) => out.push(text),
    say: (text) => said.push(text),
    progress: () => undefined,
    interactive,
    ask: next,
    askHidden: async (question) => new Secret(await next(question)),
  };
  return { talk, out: () => out.join('\n'), said: () => said.join('\n'), questions };
}

/** Interrupts that a test presses by hand. */
export function testInterrupts() {
  const controller = new AbortController();
  let sending: SendingWords | undefined;
  const interrupts: Interrupts = {
    signal: controller.signal,
    whileSending: (words, send) => {
      sending = words;
      return send();
    },
    guard: (work) => work,
  };
  return { interrupts, abort: (reason: Error) => controller.abort(reason), sending: () => sending };
}

function unscripted(method: string) {
  return () => {
    throw new Error(`not scripted: ${method}`);
  };
}

/** A client of which only what a test needs is there. */
export function scriptedClient(methods: Partial<ConcurClient>): ConcurClient {
  return {
    createPurchaseRequest: unscripted('createPurchaseRequest'),
    getPurchaseRequest: unscripted('getPurchaseRequest'),
    hasVendor: unscripted('hasVendor'),
    vendors: unscripted('vendors'),
    lists: unscripted('lists'),
    hasListItem: unscripted('hasListItem'),
    listItems: unscripted('listItems'),
    getPurchaseOrder: unscripted('getPurchaseOrder'),
    ...methods,
  };
}

/** Pages as a list of Concur's gives them. */
export async function* pagesOf<T>(...pages: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  for (const page of pages) yield await Promise.resolve(page);
}
