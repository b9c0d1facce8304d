import { join } from 'node:path';
import { z } from 'zod';
import type { CoupaSandboxOptions } from './coupa/options.ts';
import type { MoveworksSandboxOptions } from './moveworks/options.ts';

const port = z.coerce.number().int().min(0).max(65_535).default(0);

const schema = z.object({
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_COUPA_PORT: port,
  SANDBOX_MOVEWORKS_PORT: port,
  SANDBOX_STATE_DIR: z.string().min(1).optional(),
  SANDBOX_COUPA_CLIENT_ID: z.string().min(1),
  SANDBOX_COUPA_CLIENT_SECRET: z.string().min(1),
  SANDBOX_MOVEWORKS_API_KEY: z.string().min(1),
  SANDBOX_MOVEWORKS_EVENT_ID: z.guid(),
  SANDBOX_MOVEWORKS_NOTICE_EVENT_ID: z.guid(),
  SANDBOX_CALL_OUT_URL: z.url().optional(),
  SANDBOX_CALL_OUT_KEY: z.string().optional(),
});

export interface SandboxEnvironment {
  coupa: CoupaSandboxOptions;
  moveworks: MoveworksSandboxOptions;
}

/**
 * The options of both simulators, from the `SANDBOX_*` variables; an empty one counts as absent.
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
        decisionEvent(env.SANDBOX_MOVEWORKS_EVENT_ID),
        { id: env.SANDBOX_MOVEWORKS_NOTICE_EVENT_ID, kind: 'notice', slots: [] },
      ],
    },
  };
}

/** The event that an administrator builds after the public approvals guide: two buttons, the id in the path. */
function decisionEvent(id: string): MoveworksSandboxOptions['events'][number] {
  return {
    id,
    kind: 'decision',
    slots: ['approval_id', 'requisition_id', 'approver_email'],
    actions: [
      { label: 'Approve', method: 'POST', path: '/approvals/{{approval_id}}/approve' },
      {
        label: 'Reject',
        method: 'POST',
        path: '/approvals/{{approval_id}}/reject',
        body: { reason: '{{reason}}' },
      },
    ],
  };
}
