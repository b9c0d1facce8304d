import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../embedded/home-folder.ts';

const schema = z.object({
  apiKey: z.string().min(16),
  referenceSecret: z.string().min(32),
  coupaClientSecret: z.string().min(16),
  moveworksApiKey: z.string().min(16),
  eventId: z.guid(),
  noticeEventId: z.guid(),
  concurClientSecret: z.string().min(16),
  concurCompanyUuid: z.guid(),
  concurRequestToken: z.string().min(16),
});

/** What the demo generates once and keeps (mode 0600), so that cards sent before a restart still count after it. */
export type DemoSecrets = z.infer<typeof schema>;

/** An earlier release may have made the file, and known less of it. */
const savedSchema = schema.partial({
  concurClientSecret: true,
  concurCompanyUuid: true,
  concurRequestToken: true,
});

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function fresh(): DemoSecrets {
  return {
    apiKey: secret(),
    referenceSecret: secret(),
    coupaClientSecret: secret(),
    moveworksApiKey: secret(),
    eventId: randomUUID(),
    noticeEventId: randomUUID(),
    concurClientSecret: secret(),
    concurCompanyUuid: randomUUID(),
    concurRequestToken: randomUUID(),
  };
}

function saved(file: string): z.infer<typeof savedSchema> | undefined {
  try {
    return savedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read as the demo's secrets: delete it to make new ones.`, {
      cause: error,
    });
  }
}

/** Not the file of a real company, whose only refresh token may be in the same folder. */
export function demoTokenFile(home: string): string {
  return join(resolve(home), 'concur-sandbox-token.json');
}

/**
 * The demo's secrets from `home` at its start, made on the first one; those that are missing are added, the others
 * stay. Its token of the simulated SAP Concur goes: that one may have moved to another port or been reset since, and
 * the request token is always good there.
 */
export function demoSecrets(home: string): DemoSecrets {
  rmSync(demoTokenFile(home), { force: true });
  const file = join(home, 'secrets.json');
  const kept = saved(file);
  const whole = schema.safeParse(kept);
  if (whole.success) return whole.data;
  const secrets = schema.parse({ ...fresh(), ...kept });
  writeWhole(file, JSON.stringify(secrets));
  return secrets;
}
