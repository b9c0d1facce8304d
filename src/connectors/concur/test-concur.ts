import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Secret } from '../../contract/secret.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { bodyOf, startTestServer } from '../http/test-server.ts';
import { createConcurClient, type ConcurClientOptions } from './client.ts';
import type { ConcurTokens } from './token/types.ts';
import type { ConcurClient } from './types.ts';

/** A request as it came to a test's server. */
export interface Seen {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answering = (response: ServerResponse, seen: Seen) => void;

/** Starts a server in Concur's place for one test; it keeps what it is sent, and answers by `answer`. */
export async function startConcur(answer: Answering): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const url = await startTestServer((request, response) => {
    void bodyOf(request).then((body) => {
      const one = { method: request.method, url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      answer(response, one);
    });
  });
  return { url, seen };
}

/** Answers with a status and, where one is given, a JSON body. */
export function reply(response: ServerResponse, status: number, body?: unknown, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** An access for each pair of token and origin, the next one once one is refused; the last one stays. */
export function scriptedTokens(
  ...accesses: readonly (readonly [token: string, origin: string])[]
): ConcurTokens & { readonly refusals: string[] } {
  const left = accesses.map(([token, origin]) => ({ token: new Secret(token), origin }));
  const refusals: string[] = [];
  return {
    refusals,
    access: () => {
      const [present] = left;
      return present ? Promise.resolve(present) : Promise.reject(new Error('no access left'));
    },
    refused: (token) => {
      refusals.push(token.reveal());
      if (left.length > 1 && left[0]?.token === token) left.shift();
    },
  };
}

/** A client of a server in Concur's place. */
export function clientOf(url: string, more: Partial<ConcurClientOptions> = {}): ConcurClient {
  return createConcurClient({
    tokens: scriptedTokens(['t0ken', url]),
    requestsPerMinute: 60_000,
    uomField: 'uomCode',
    timeoutMs: 5000,
    ...more,
  });
}

/** A client whose server gives the same answer to everything. */
export async function answeredBy(
  status: number,
  body?: unknown,
  headers?: object,
): Promise<{ client: ConcurClient; seen: Seen[] }> {
  const { url, seen } = await startConcur((response) => {
    reply(response, status, body, headers);
  });
  return { client: clientOf(url), seen };
}

/** All pages of a list, as they come. */
export async function pagesOf<T>(generator: AsyncGenerator<readonly T[]>): Promise<(readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  for await (const page of generator) pages.push(page);
  return pages;
}

export const CORRELATION = { correlationId: '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21' };

export const DOCUMENT: PurchaseRequestDocument = {
  userLoginId: 'dana.reyes@acme.example',
  currencyCode: 'USD',
  comments: 'ref:abc',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'V-7781',
      vendorAddressCode: 'V-7781-01',
      description: 'Nitrile gloves',
      quantity: '12',
      unitPrice: '18.75',
    },
  ],
};
