import { z } from 'zod';
import { Secret } from '../contract/secret.ts';
import { createReferences } from '../references/references.ts';
import { createApp } from './app.ts';
import type { ApiDeps, ResolvedUser } from './deps.ts';
import { DeclaredAnswers } from './test-declared.ts';
import { TestEngine } from './test-engine.ts';

export const secret = 'a-secret-of-thirty-two-characters!';
export const references = createReferences([new Secret('reference-secret-reference-secret')]);
export const forgingReferences = createReferences([new Secret('another-secret-another-secret-ano')]);
export const messageCard = 'c0123456789abcdef';

const problemShape = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  error: z.string(),
});

/** What one request got. `problem()` also checks that it is a well-formed problem. */
class Got {
  readonly response: Response;
  readonly text: string;

  constructor(response: Response, text: string) {
    this.response = response;
    this.text = text;
  }

  get status(): number {
    return this.response.status;
  }

  header(name: string): string | null {
    return this.response.headers.get(name);
  }

  json(): unknown {
    return JSON.parse(this.text);
  }

  problem() {
    if (this.header('content-type') !== 'application/problem+json') throw new Error('not a problem');
    const problem = problemShape.parse(this.json());
    if (problem.status !== this.status) throw new Error('the problem claims another status');
    if (problem.instance !== `urn:request:${this.header('x-request-id') ?? ''}`)
      throw new Error('other request');
    return problem;
  }
}

/** The interface in process, over an engine in memory, with everything it logged. */
function appOver(differing: Partial<ApiDeps>) {
  const engine = new TestEngine();
  const logged: { fields: object; message: string }[] = [];
  const log = (fields: object, message: string) => {
    logged.push({ fields, message });
  };
  const app = createApp({
    keys: [
      { name: 'moveworks', secret: new Secret(secret) },
      { name: 'older', secret: new Secret('an-older-secret-of-32-characters!!') },
    ],
    references,
    mode: 'decide',
    rejectReason: 'optional',
    concur: true,
    cardActions: ['approve', 'reject'],
    engine,
    resolveUser: (): Promise<ResolvedUser> => Promise.resolve({ kind: 'none' }),
    groupsOf: () => Promise.resolve([]),
    documents: () => Promise.resolve([]),
    logger: { info: log, warn: log, error: log },
    trustProxy: 0,
    ...differing,
  });
  return { app, engine, logged };
}

/** What the interface declares; the same whatever the configuration. */
export const declared = new DeclaredAnswers(await (await appOver({}).app.request('/openapi.json')).json());

/** Throws when the answer is not one that `/openapi.json` declares for the route. */
function requireDeclared(method: string, path: string, got: Got): void {
  const route = declared.routeOf(method, path);
  if (route === undefined) return;
  const header = (name: string) => got.header(name);
  const media = got.header('content-type') ?? '';
  const differences = declared.differences({ route, status: got.status, media, body: got.json(), header });
  if (differences.length > 0) throw new Error(`not declared: ${differences.join('; ')}`);
}

/** An API in process, of which every answer is held against what is declared. */
export function testApi(differing: Partial<ApiDeps> = {}) {
  const { app, engine, logged } = appOver(differing);

  const anonymous = async (method: string, path: string, init: RequestInit = {}): Promise<Got> => {
    const response = await app.request(path, { method, ...init });
    const got = new Got(response, await response.text());
    requireDeclared(method, path, got);
    return got;
  };
  const send = (method: string, path: string, init: RequestInit = {}): Promise<Got> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${secret}`);
    return anonymous(method, path, { ...init, headers });
  };
  const postJson = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Got> =>
    send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { app, engine, logged, anonymous, send, postJson };
}

/** A reference as it stands on the card that was sent to user 201. */
export function referenceTo(approvalId: number, card = messageCard): string {
  return references.sign({ approvalId, userId: 201, card });
}
