import { join } from 'node:path';
import { z } from 'zod';
import type { ConcurSandboxOptions } from './concur/options.ts';
import type { CoupaSandboxOptions } from './coupa/options.ts';
import { decisionEvent, noticeEvent } from './moveworks/events.ts';
import type { MoveworksSandboxOptions } from './moveworks/options.ts';
import type { PageLinks } from './pages/links.ts';

const port = z.coerce.number().int().min(0).max(65_535).default(0);

const webUrl = z.url({ protocol: /^https?$/ });

const schema = z.object({
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_COUPA_PORT: port,
  SANDBOX_MOVEWORKS_PORT: port,
  SANDBOX_CONCUR_PORT: port,
  SANDBOX_STATE_DIR: z.string().min(1).optional(),
  SANDBOX_COUPA_CLIENT_ID: z.string().min(1),
  SANDBOX_COUPA_CLIENT_SECRET: z.string().min(1),
  SANDBOX_MOVEWORKS_API_KEY: z.string().min(1),
  SANDBOX_MOVEWORKS_EVENT_ID: z.guid(),
  SANDBOX_MOVEWORKS_NOTICE_EVENT_ID: z.guid(),
  SANDBOX_CONCUR_CLIENT_ID: z.string().min(1),
  SANDBOX_CONCUR_CLIENT_SECRET: z.string().min(1),
  SANDBOX_CONCUR_COMPANY_UUID: z.guid(),
  SANDBOX_CONCUR_REQUEST_TOKEN: z.string().min(1),
  SANDBOX_CALL_OUT_URL: z.url().optional(),
  SANDBOX_CALL_OUT_KEY: z.string().optional(),
  SANDBOX_API_URL: webUrl.optional(),
  SANDBOX_API_KEY: z.string().optional(),
  SANDBOX_MOVEWORKS_ACTIONS: z.enum(['guide', 'decision']).default('guide'),
  SANDBOX_COUPA_URL: webUrl.optional(),
  SANDBOX_CHAT_URL: webUrl.optional(),
  SANDBOX_CONCUR_URL: webUrl.optional(),
});

export interface SandboxEnvironment {
  coupa: CoupaSandboxOptions;
  moveworks: MoveworksSandboxOptions;
  concur: ConcurSandboxOptions;
  /** Where a browser finds the pages, as far as it is told; otherwise they are where the simulators listen. */
  links: PageLinks;
}

/**
 * The options of the simulators and of their pages, from the `SANDBOX_*` variables; an empty one counts as absent.
 * Throws one error that names every missing or faulty variable.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): SandboxEnvironment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${z.core.toDotPath(issue.path)}: ${issue.message}`);
    throw new Error(`The sandbox cannot start. ${problems.join('; ')}`);
  }
  const env = parsed.data;
  const stateFile = (name: string) =>
    env.SANDBOX_STATE_DIR === undefined ? {} : { statePath: join(env.SANDBOX_STATE_DIR, name) };
  const callOut =
    env.SANDBOX_CALL_OUT_URL === undefined
      ? {}
      : { callOut: { url: env.SANDBOX_CALL_OUT_URL, key: env.SANDBOX_CALL_OUT_KEY ?? '' } };
  return {
    coupa: {
      host: env.SANDBOX_HOST,
      port: env.SANDBOX_COUPA_PORT,
      ...stateFile('coupa.json'),
      clientId: env.SANDBOX_COUPA_CLIENT_ID,
      clientSecret: env.SANDBOX_COUPA_CLIENT_SECRET,
      ...callOut,
      seed: 'demo',
    },
    moveworks: {
      host: env.SANDBOX_HOST,
      port: env.SANDBOX_MOVEWORKS_PORT,
      ...stateFile('moveworks.json'),
      apiKey: env.SANDBOX_MOVEWORKS_API_KEY,
      events: [
        decisionEvent(env.SANDBOX_MOVEWORKS_EVENT_ID, env.SANDBOX_MOVEWORKS_ACTIONS),
        noticeEvent(env.SANDBOX_MOVEWORKS_NOTICE_EVENT_ID),
      ],
      ...(env.SANDBOX_API_URL === undefined
        ? {}
        : { api: { url: env.SANDBOX_API_URL, key: env.SANDBOX_API_KEY ?? '' } }),
    },
    concur: {
      host: env.SANDBOX_HOST,
      port: env.SANDBOX_CONCUR_PORT,
      ...stateFile('concur.json'),
      clientId: env.SANDBOX_CONCUR_CLIENT_ID,
      clientSecret: env.SANDBOX_CONCUR_CLIENT_SECRET,
      companyUuid: env.SANDBOX_CONCUR_COMPANY_UUID,
      requestToken: env.SANDBOX_CONCUR_REQUEST_TOKEN,
      seed: 'demo',
    },
    links: {
      ...(env.SANDBOX_CHAT_URL === undefined ? {} : { chat: env.SANDBOX_CHAT_URL }),
      ...(env.SANDBOX_COUPA_URL === undefined ? {} : { coupa: env.SANDBOX_COUPA_URL }),
      ...(env.SANDBOX_CONCUR_URL === undefined ? {} : { concur: env.SANDBOX_CONCUR_URL }),
    },
  };
}
