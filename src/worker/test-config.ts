import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ConcurConfig } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { Secret } from '../contract/secret.ts';
import type { ConnectedConfig } from './vendors.ts';

/** For tests: an address at which nobody listens. */
export const nowhere = 'http://127.0.0.1:9';

/** For tests: a configuration whose vendors are nowhere. */
export function configWith(concur?: ConcurConfig): ConnectedConfig {
  const loaded = loadConfig({});
  if (!loaded.ok) throw new Error('the empty environment must load');
  return {
    ...loaded.config,
    references: { secrets: [new Secret('test-reference-secret-test-reference-secret')] },
    coupa: {
      baseUrl: nowhere,
      clientId: 'client',
      clientSecret: new Secret('coupa-client-secret'),
      scopes: [],
      tokenPath: '/oauth2/token',
      requestsPerSecond: 5,
    },
    moveworks: {
      baseUrl: nowhere,
      eventId: 'cards',
      noticeEventId: 'notices',
      auth: { kind: 'apiKey', apiKey: new Secret('moveworks-api-key') },
      requestsPerMinute: 60,
      slots: ['approval_id'],
    },
    ...(concur === undefined ? {} : { concur }),
  };
}

/** For tests: SAP Concur's part, whose token file lies in a folder of its own, gone after the test. */
export function concurAt(authUrl: string): ConcurConfig {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-vendors-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return {
    authUrl,
    clientId: 'concur-client',
    clientSecret: new Secret('concur-client-secret'),
    companyUuid: '6f1b7c4e-2f0d-4a51-9c1b-0a7d6f4f8e21',
    requestToken: new Secret('request-token'),
    tokenFile: join(folder, 'concur-token.json'),
    requestsPerMinute: 600,
    followForMs: 1_000,
    uomField: 'uomCode',
    listFields: [],
  };
}
