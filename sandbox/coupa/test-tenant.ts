import { z } from 'zod';
import type { Sandbox } from '../listen.ts';
import type { CoupaSandboxOptions } from './options.ts';
import { startCoupaSandbox } from './start.ts';

const client = { clientId: 'client', clientSecret: 'secret' };
const allScopes =
  'core.approval.read core.approval.write core.comment.read core.comment.write core.requisition.read core.user.read core.user_group.read';
const created = z.object({
  requisitionId: z.number(),
  approvalId: z.number().nullable(),
  status: z.string(),
});

/** What the tests of the simulated tenant share: a running sandbox, and calls to it over HTTP. */
export interface TestTenant extends Sandbox {
  /** Calls the vendor's API with a token and `Accept: application/json` unless told otherwise. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** The same, and the answer's JSON. */
  json(path: string, init?: RequestInit): Promise<unknown>;
  /** Calls a control route with a JSON body. */
  control(method: string, path: string, body?: unknown): Promise<Response>;
  /** Creates a requisition through the control route. */
  create(body?: object): Promise<{ requisitionId: number; approvalId: number; status: string }>;
  token(form: Record<string, string>): Promise<Response>;
}

/** Starts a tenant for one test; the test closes it. */
export async function startTestTenant(options: Partial<CoupaSandboxOptions> = {}): Promise<TestTenant> {
  const sandbox = await startCoupaSandbox({ ...client, requestsPerSecond: 0, ...options });
  const token = (form: Record<string, string>) =>
    fetch(`${sandbox.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  const bearer = await mintToken(token);
  const api = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('Accept')) headers.set('Accept', 'application/json');
    if (!headers.has('Authorization')) headers.set('Authorization', bearer);
    return fetch(sandbox.url + path, { redirect: 'manual', ...init, headers });
  };
  const control = (method: string, path: string, body?: unknown) =>
    fetch(sandbox.url + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return {
    ...sandbox,
    api,
    control,
    token,
    json: async (path, init) => (await api(path, init)).json(),
    create: async (body) => {
      const answer = created.parse(await (await control('POST', '/sandbox/requisitions', body)).json());
      return { ...answer, approvalId: answer.approvalId ?? 0 };
    },
  };
}

/** The form of a correct token request. */
export function tokenForm(scope = allScopes): Record<string, string> {
  return {
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    scope,
  };
}

async function mintToken(token: TestTenant['token']): Promise<string> {
  const answer = z.object({ access_token: z.string() }).parse(await (await token(tokenForm())).json());
  return `Bearer ${answer.access_token}`;
}
