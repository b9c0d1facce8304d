import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ConcurConfig } from '../../config/config.ts';
import { isLoopback } from '../../contract/origins.ts';
import { Secret } from '../../contract/secret.ts';
import { readChildRecords } from '../../embedded/child-records.ts';
import { isAlive } from '../../embedded/process-identity.ts';
import { demoTokenFile } from '../demo-secrets.ts';
import { demoListFields } from '../demo.ts';

/** What a demo with a sandboxed SAP Concur leaves in its folder, as far as it matters here. */
const demoFile = z.object({
  concur: z.url().refine((url) => isLoopback(new URL(url).hostname)),
  concurClient: z.object({
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    companyUuid: z.string().min(1),
    requestToken: z.string().min(1),
  }),
});

function contentOf(home: string): z.infer<typeof demoFile> | undefined {
  try {
    return demoFile.safeParse(JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'))).data;
  } catch {
    // No demo was started here, or it is just writing its file.
    return undefined;
  }
}

const minuteRequests = 600;

/**
 * How to reach the SAP Concur of the demo that runs in `home`; undefined where none runs. The file outlives the demo,
 * so the sandbox's process is looked for too.
 */
export function demoPlace(home: string): ConcurConfig | undefined {
  const runs = readChildRecords(home).some((child) => child.name === 'sandbox' && isAlive(child));
  const demo = runs ? contentOf(home) : undefined;
  if (demo === undefined) return undefined;
  const { clientId, clientSecret, companyUuid, requestToken } = demo.concurClient;
  return {
    authUrl: new URL(demo.concur).origin,
    clientId,
    clientSecret: new Secret(clientSecret),
    companyUuid,
    requestToken: new Secret(requestToken),
    tokenFile: demoTokenFile(home),
    requestsPerMinute: minuteRequests,
    followForMs: 90 * 86_400_000,
    uomField: 'uomCode',
    listFields: demoListFields,
  };
}
