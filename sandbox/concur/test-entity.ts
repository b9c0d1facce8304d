import { z } from 'zod';
import type { Sandbox } from '../listen.ts';
import type { ConcurSandboxOptions } from './options.ts';
import { startConcurSandbox } from './start.ts';

export const client = {
  clientId: 'client',
  clientSecret: 'secret',
  companyUuid: '08bcca1e-0d4f-4261-9f1b-f778d96617d6',
  requestToken: 'request-token',
};

/** A user of the world, by all three names. */
export const rhea = {
  address: 'rhea.quester@example.test',
  login: 'rhea.quester',
  uuid: 'c0c0c0c0-0000-4000-8000-000000000101',
};

const tokenAnswer = z.object({ access_token: z.string(), refresh_token: z.string() });
const accepted = z.object({ id: z.guid(), uri: z.string() });

type AskToken = (form: Record<string, string>, headers?: Record<string, string>) => Promise<Response>;

/** What the tests of the simulated entity share: a running sandbox, and calls to it over HTTP. */
export interface TestEntity extends Sandbox {
  /** Posts a form to the token route, from a text so that no charset is added. */
  token: AskToken;
  /** Calls the vendor's API with a company's token and `Accept: application/json` unless told otherwise. */
  api(path: string, init?: RequestInit): Promise<Response>;
  json(path: string, init?: RequestInit): Promise<unknown>;
  /** Sends a create. */
  post(document: object, headers?: Record<string, string>): Promise<Response>;
  /** Sends a create that is accepted; the id. */
  create(document?: object): Promise<string>;
  details(id: string): Promise<unknown>;
  control(method: string, path: string, body?: unknown): Promise<Response>;
  settings(body: object): Promise<Response>;
  /** Posts a button's form of the page, and follows nothing. */
  press(path: string): Promise<Response>;
}

/** Starts an entity whose requests take no time; the test closes it. */
export async function startTestEntity(options: Partial<ConcurSandboxOptions> = {}): Promise<TestEntity> {
  const sandbox = await startConcurSandbox({ ...client, seed: 'demo', ...options });
  const token: AskToken = (form, headers = {}) =>
    fetch(`${sandbox.url}/oauth2/v0/token`, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    });
  const bearer = await bearerOf(token, companyForm());
  const api: TestEntity['api'] = (path, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('Accept')) headers.set('Accept', 'application/json');
    if (!headers.has('Authorization')) headers.set('Authorization', bearer);
    return fetch(sandbox.url + path, { ...init, headers });
  };
  const control: TestEntity['control'] = (method, path, body) =>
    fetch(`${sandbox.url}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const settings: TestEntity['settings'] = (body) => control('PUT', '/settings', body);
  const post: TestEntity['post'] = (document, headers = {}) =>
    api('/purchaserequest/v4/purchaserequests', {
      method: 'POST',
      body: JSON.stringify(document),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  await settings({ creationDelayMs: 0, routingDelayMs: 0, orderDelayMs: 0 });
  return {
    ...sandbox,
    token,
    api,
    json: async (path, init) => (await api(path, init)).json(),
    post,
    create: async (document = order()) => accepted.parse(await (await post(document)).json()).id,
    details: async (id) => (await api(`/purchaserequest/v4/purchaserequests/${id}?mode=COMPACT`)).json(),
    control,
    settings,
    press: (path) =>
      fetch(sandbox.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { Origin: sandbox.url, 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
  };
}

/** The form that exchanges the request token for the company's tokens. */
export function companyForm(): Record<string, string> {
  return { ...clientForm(), ...passwordForm(client.companyUuid, client.requestToken), credtype: 'authtoken' };
}

/** The form that asks for a user's token. */
export function userForm(username: string, password = 'sandbox'): Record<string, string> {
  return { ...clientForm(), ...passwordForm(username, password) };
}

export function refreshForm(refreshToken: string): Record<string, string> {
  return { ...clientForm(), grant_type: 'refresh_token', refresh_token: refreshToken };
}

function clientForm(): Record<string, string> {
  return { client_id: client.clientId, client_secret: client.clientSecret };
}

function passwordForm(username: string, password: string): Record<string, string> {
  return { grant_type: 'password', username, password };
}

/** The Authorization header that a form gets. */
export async function bearerOf(token: AskToken, form: Record<string, string>): Promise<string> {
  return `Bearer ${tokenAnswer.parse(await (await token(form)).json()).access_token}`;
}

/** The refresh token that a form gets. */
export async function refreshTokenOf(token: AskToken, form: Record<string, string>) {
  return tokenAnswer.parse(await (await token(form)).json()).refresh_token;
}

/** A line that passes. */
export function line(change: object = {}) {
  return {
    purchaseType: 'GOODS',
    vendorCode: 'ACME',
    vendorAddressCode: 'ACME-01',
    description: 'Monitor',
    quantity: '2',
    unitPrice: '349.50',
    ...change,
  };
}

/** A request that passes. */
export function order(change: object = {}) {
  return { userEmail: rhea.address, currencyCode: 'USD', lineItems: [line()], ...change };
}
