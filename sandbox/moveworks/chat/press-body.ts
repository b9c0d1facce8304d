import type { Context } from 'hono';
import { z } from 'zod';
import type { SandboxEnv } from '../../sandbox-env.ts';
import type { PressInput } from './press.ts';

const mostReasonCharacters = 4_000;

const pressBody = z.strictObject({
  person: z.string().trim().min(1).max(254),
  message: z.coerce.number().int().positive(),
  action: z.string().min(1).max(200),
  reason: z
    .string()
    .max(mostReasonCharacters, `A reason may have ${mostReasonCharacters} characters.`)
    .optional(),
  /** A button's value; its presence counts. */
  cancel: z.literal(['yes', true]).optional(),
});

/** A press as a form or as JSON; a text that says what is wrong with it otherwise. */
export async function readPress(c: Context<SandboxEnv>): Promise<PressInput | string> {
  const isJson = (c.req.header('Content-Type') ?? '').includes('json');
  const body: unknown = await (isJson ? c.req.json() : c.req.parseBody()).catch(() => undefined);
  const read = pressBody.safeParse(body);
  if (!read.success) {
    return read.error.issues.map(({ path, message }) => `${z.core.toDotPath(path)}: ${message}`).join('; ');
  }
  const { person, message, action, reason, cancel } = read.data;
  return { person: person.toLowerCase(), messageId: message, action, reason, cancel: cancel !== undefined };
}
