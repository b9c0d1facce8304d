import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { apiKey } from './sandboxes.ts';

/** Only ends a call that would hang: no answer of the API takes so long. */
const hangUpAfterMs = 90_000;
const betweenTriesMs = 200;
const triesForMs = 180_000;

const answerBody = z.looseObject({
  // A word in an answer, a number in a problem.
  status: z.union([z.string(), z.number()]).optional(),
  type: z.string().optional(),
  decision: z.object({ action: z.string() }).optional(),
});

export interface Answer {
  readonly status: number;
  readonly body: z.infer<typeof answerBody>;
}

export interface Press {
  readonly action: 'approve' | 'reject';
  readonly prefer?: string;
}

/** What a call met that was made again. */
export interface Tries {
  /** Nobody took the call: the port was closed, or closed with the call still in the system's queue. */
  notTaken: number;
  unavailable: number;
  /** Calls that an API had begun to read, and never answered: a graceful stop leaves none. */
  readonly cut: string[];
}

/** A socket's or a parser's: those have codes. */
function isOfConnection(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

/**
 * One call on a connection of its own: a kept one can be closed under the next call, and nobody is at fault. The
 * body waits for `100 Continue`, which tells the two apart: a call that an API took, and one that reached nobody.
 */
async function post(url: string, headers: Record<string, string>): Promise<Answer | 'not taken' | 'cut'> {
  const signal = AbortSignal.timeout(hangUpAfterMs);
  let taken = false;
  const wasTaken = () => taken;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(url, {
        method: 'POST',
        agent: false,
        signal,
        headers: { ...headers, 'content-type': 'application/json', expect: '100-continue' },
      });
      sent.on('error', reject);
      sent.once('response', resolve);
      sent.once('continue', () => {
        taken = true;
        sent.end('{}');
      });
    });
    const body = answerBody.parse(JSON.parse(await text(response)));
    return { status: response.statusCode ?? 0, body };
  } catch (error) {
    if (signal.aborted || !isOfConnection(error)) throw error;
    return wasTaken() ? 'cut' : 'not taken';
  }
}

/**
 * Calls the APIs in turn as middleware behind a plain balancer does: a call that finds nobody, or 503, is made again
 * at the next one. Any other answer is final.
 */
export function createCaller(urls: readonly string[]) {
  const tries: Tries = { notTaken: 0, unavailable: 0, cut: [] };
  let turn = 0;

  const press = async (reference: string, { action, prefer }: Press): Promise<Answer> => {
    const endMs = performance.now() + triesForMs;
    const headers = {
      authorization: `Bearer ${apiKey}`,
      ...(prefer === undefined ? {} : { prefer }),
    };
    while (performance.now() < endMs) {
      turn += 1;
      const url = urls[turn % urls.length];
      if (url === undefined) throw new Error('no API to call');
      const answer = await post(`${url}/approvals/${reference}/${action}`, headers);
      if (answer === 'not taken') tries.notTaken += 1;
      else if (answer === 'cut') tries.cut.push(`${action} ${reference} at ${url}`);
      else if (answer.status === 503) tries.unavailable += 1;
      else return answer;
      await sleep(betweenTriesMs);
    }
    throw new Error(`${action} ${reference} found no API that answers, for ${triesForMs} ms`);
  };
  return { press, tries };
}

export type Caller = ReturnType<typeof createCaller>;
