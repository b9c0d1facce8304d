import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startConcurSandbox } from '../../sandbox/index.ts';
import { createConcurClient } from '../../src/connectors/concur/client.ts';
import { createCompanyTokens } from '../../src/connectors/concur/token/company-tokens.ts';
import type { ConcurTokens } from '../../src/connectors/concur/token/types.ts';
import { createUserTokens } from '../../src/connectors/concur/token/user-tokens.ts';
import type { PurchaseRequestStatus } from '../../src/contract/purchase-request.ts';
import { Secret } from '../../src/contract/secret.ts';
import { concurControl } from './sandbox-control.ts';
import { until } from './until.ts';

const application = {
  clientId: 'client',
  clientSecret: 'concur-client-secret',
  companyUuid: '08bcca1e-0d4f-4261-9f1b-f778d96617d6',
  requestToken: '2d725d52-0c4c-4b39-9b5c-2f9c5d1f2a11',
};

const storedToken = z.object({ refreshToken: z.string() });
/** The sandbox's own word for everybody. */
const password = 'sandbox';

/** A company in the simulated SAP Concur, and an integration's ways to it. `stop` leaves nothing. */
export async function startCompany() {
  const sandbox = await startConcurSandbox({ ...application, seed: 'demo' });
  const folder = mkdtempSync(join(tmpdir(), 'countersign-concur-'));
  const control = concurControl(sandbox.url);
  await control.settings({ creationDelayMs: 0, routingDelayMs: 0, orderDelayMs: 0 });
  const tokenFile = join(folder, 'concur-token.json');
  /** Every address that a request was meant for. */
  const meantFor: URL[] = [];
  /** Stands for the name service: whatever data centre is named, its address is the sandbox's. */
  const viaSandbox: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    meantFor.push(url);
    return fetch(new URL(`${url.pathname}${url.search}`, sandbox.url), init);
  };
  const endpoint = {
    authUrl: sandbox.url,
    clientId: application.clientId,
    clientSecret: new Secret(application.clientSecret),
    fetch: viaSandbox,
  };
  return {
    url: sandbox.url,
    companyUuid: application.companyUuid,
    control,
    meantFor,
    /** Its tokens; without the request token only what the token file holds can be used. */
    companyTokens: ({ bootstraps = true } = {}) =>
      createCompanyTokens({
        ...endpoint,
        companyUuid: application.companyUuid,
        tokenFile,
        ...(bootstraps ? { requestToken: new Secret(application.requestToken) } : {}),
      }),
    userTokens: (login: string) => createUserTokens({ ...endpoint, login, password: new Secret(password) }),
    client: (tokens: ConcurTokens) =>
      createConcurClient({ tokens, requestsPerMinute: 60_000, uomField: 'uomCode', fetch: viaSandbox }),
    storedRefreshToken: () => storedToken.parse(JSON.parse(readFileSync(tokenFile, 'utf8'))).refreshToken,
    async stop(): Promise<void> {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Company = Awaited<ReturnType<typeof startCompany>>;

/** Reads a purchase request by the API until it shows something. */
export function seenBy(
  client: ReturnType<Company['client']>,
  id: string,
  shows: (status: PurchaseRequestStatus) => boolean,
): Promise<PurchaseRequestStatus> {
  return until(`purchase request ${id} as wanted`, async () => {
    const status = await client.getPurchaseRequest(id);
    return status !== undefined && shows(status) ? status : undefined;
  });
}
