import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../embedded/home-folder.ts';

const schema = z.object({
  apiKey: z.string().min(16),
  referenceSecret: z.string().min(32),
  coupaClientSecret: z.string().min(16),
  moveworksApiKey: z.string().min(16),
  eventId: z.guid(),
  noticeEventId: z.guid(),
});

/** What the demo generates once and keeps (mode 0600), so that cards sent before a restart still count after it. */
export type DemoSecrets = z.infer<typeof schema>;

function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** The demo's secrets from `home`, made on the first start. */
export function demoSecrets(home: string): DemoSecrets {
  const file = join(home, 'secrets.json');
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw new Error(`${file} cannot be read as the demo's secrets: delete it to make new ones.`, {
        cause: error,
      });
    }
  }
  const fresh: DemoSecrets = {
    apiKey: secret(),
    referenceSecret: secret(),
    coupaClientSecret: secret(),
    moveworksApiKey: secret(),
    eventId: randomUUID(),
    noticeEventId: randomUUID(),
  };
  writeWhole(file, JSON.stringify(fresh));
  return fresh;
}
