import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { demoTokenFile } from '../demo-secrets.ts';

const client = {
  clientId: 'the-application',
  clientSecret: 'hush-of-the-application',
  companyUuid: '08bcca1e-0d4f-4261-9f1b-f778d96617d6',
  requestToken: 'hush-of-the-company',
};

/** Somebody with a login in the simulated company. */
export const dana = {
  address: 'dana@acme.example',
  login: 'dana.reyes',
  password: 'hush of dana',
  uuid: 'c0c0c0c0-0000-4000-8000-000000000001',
};

/** Somebody else there. */
export const pat = {
  address: 'pat@acme.example',
  login: 'pat.chase',
  password: 'hush of pat',
  uuid: 'c0c0c0c0-0000-4000-8000-000000000002',
};

const options = { ...client, seed: 'demo', users: [dana, pat] } as const;

/** How the sandbox is started: handed in by the tests, since nothing else here may know it. */
type StartSandbox = (start: typeof options) => Promise<{ url: string; close: () => Promise<void> }>;

/** A request that the seeded sandbox takes. */
export const goodRequest = {
  userEmail: dana.address,
  currencyCode: 'USD',
  comments: 'for the lab',
  custom1: 'CC100',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'ACME',
      vendorAddressCode: 'ACME-01',
      description: 'Gloves',
      quantity: '12',
      unitPrice: '18.75',
    },
  ],
};

const storedToken = z.object({ refreshToken: z.string() });
const requestList = z.object({
  purchaseRequests: z.array(
    z.looseObject({
      id: z.string(),
      ref: z.string().nullable(),
      correlationId: z.string().nullable(),
      requester: z.string(),
    }),
  ),
});

/** A simulated SAP Concur, a home folder, and the environment that leads to it. `close` ends and removes all. */
export async function startTestPlace(startSandbox: StartSandbox) {
  const sandbox = await startSandbox(options);
  const home = mkdtempSync(join(tmpdir(), 'countersign-concur-'));
  const tokenFile = join(home, 'concur-token.json');
  // As a demo it has a file of its own.
  const present = () => (existsSync(tokenFile) ? tokenFile : demoTokenFile(home));
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${sandbox.url}/sandbox${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  await control('PUT', '/settings', { creationDelayMs: 0, routingDelayMs: 0, orderDelayMs: 0 });
  const file = (content: object): string => {
    const name = join(home, 'request.json');
    writeFileSync(name, JSON.stringify(content));
    return name;
  };
  return {
    url: sandbox.url,
    home,
    client,
    tokenFile,
    file,
    control,
    env: {
      COUNTERSIGN_HOME: home,
      CONCUR_AUTH_URL: sandbox.url,
      CONCUR_CLIENT_ID: client.clientId,
      CONCUR_CLIENT_SECRET: client.clientSecret,
      CONCUR_COMPANY_UUID: client.companyUuid,
      CONCUR_COMPANY_REQUEST_TOKEN: client.requestToken,
      CONCUR_LIST_FIELDS: 'custom1=11111111-aaaa-4000-8000-000000000001',
      CONCUR_REQUESTS_PER_MINUTE: '600',
    },
    /** What stands in Concur now. */
    requests: async () => requestList.parse(await control('GET', '/purchase-requests')).purchaseRequests,
    refreshToken: () => storedToken.parse(JSON.parse(readFileSync(present(), 'utf8'))).refreshToken,
    close: async () => {
      await sandbox.close();
      rmSync(home, { recursive: true });
    },
  };
}

export type TestPlace = Awaited<ReturnType<typeof startTestPlace>>;

/** What of all that was printed should never have been: a credential, or anything of the shape of a token. */
export function leaksIn(text: string, place: TestPlace): string[] {
  const { clientSecret, requestToken } = place.client;
  const secrets = [clientSecret, requestToken, dana.password, place.refreshToken()];
  return [...secrets.filter((secret) => text.includes(secret)), ...(text.match(/eyJ[\w-]{8,}/g) ?? [])];
}
