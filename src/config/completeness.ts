import type { ConfigProblem } from './config.ts';
import type { VariableName } from './variables.ts';

/** Which variables were given; their values do not matter here. */
type Names = ReadonlySet<VariableName>;

const coupaNames = ['COUPA_BASE_URL', 'COUPA_CLIENT_ID', 'COUPA_CLIENT_SECRET'] as const;

const moveworksNames = [
  'MOVEWORKS_EVENT_ID',
  'MOVEWORKS_NOTICE_EVENT_ID',
  'MOVEWORKS_API_KEY',
  'MOVEWORKS_CLIENT_ID',
  'MOVEWORKS_CLIENT_SECRET',
] as const;

const concurNames = ['CONCUR_CLIENT_ID', 'CONCUR_CLIENT_SECRET', 'CONCUR_COMPANY_UUID'] as const;

/**
 * Whether the real systems are meant: as soon as one variable names or unlocks one of them, while those with a default
 * only tune. A half-made configuration must never start the sandbox in the belief that it is the real thing.
 */
export function meansReal(given: Names): boolean {
  return [...coupaNames, ...moveworksNames, ...concurNames].some((name) => given.has(name));
}

function missing(name: VariableName, vendor: string, needed: string): ConfigProblem {
  return { name, message: `missing, so ${vendor} is incomplete: ${needed}` };
}

function coupaProblems(given: Names): ConfigProblem[] {
  const needed: Record<(typeof coupaNames)[number], string> = {
    COUPA_BASE_URL: "Coupa's address, such as https://acme.coupahost.com",
    COUPA_CLIENT_ID: 'the id of the OAuth client made in Coupa',
    COUPA_CLIENT_SECRET: 'the secret of that OAuth client',
  };
  return coupaNames.filter((name) => !given.has(name)).map((name) => missing(name, 'Coupa', needed[name]));
}

function moveworksProblems(given: Names): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const key = given.has('MOVEWORKS_API_KEY');
  const id = given.has('MOVEWORKS_CLIENT_ID');
  const secret = given.has('MOVEWORKS_CLIENT_SECRET');
  if (!given.has('MOVEWORKS_EVENT_ID')) {
    problems.push(
      missing('MOVEWORKS_EVENT_ID', 'Moveworks', 'the id of the event from the Events Workspace'),
    );
  }
  if (key && (id || secret)) {
    const message =
      'given beside an OAuth client; keep the key, or MOVEWORKS_CLIENT_ID and MOVEWORKS_CLIENT_SECRET';
    problems.push({ name: 'MOVEWORKS_API_KEY', message });
  } else if (!key && !id && !secret) {
    const needed = 'an API key for the Events API (or MOVEWORKS_CLIENT_ID and MOVEWORKS_CLIENT_SECRET)';
    problems.push(missing('MOVEWORKS_API_KEY', 'Moveworks', needed));
  } else if (!key && !id) {
    problems.push(
      missing('MOVEWORKS_CLIENT_ID', 'Moveworks', 'the id that goes with MOVEWORKS_CLIENT_SECRET'),
    );
  } else if (!key && !secret) {
    problems.push(
      missing('MOVEWORKS_CLIENT_SECRET', 'Moveworks', 'the secret that goes with MOVEWORKS_CLIENT_ID'),
    );
  }
  return problems;
}

/** What SAP Concur lacks: nothing where none of its names is given. */
export function concurProblems(given: Names): ConfigProblem[] {
  if (!concurNames.some((name) => given.has(name))) return [];
  const parts: Record<(typeof concurNames)[number], string> = {
    CONCUR_CLIENT_ID: "the application's id from SAP Concur's OAuth 2.0 Application Management",
    CONCUR_CLIENT_SECRET: 'the secret of that application',
    CONCUR_COMPANY_UUID: "the company's UUID, shown where its request token is made",
  };
  return concurNames
    .filter((name) => !given.has(name))
    .map((name) => missing(name, 'SAP Concur', parts[name]));
}

/** What the real mode lacks: each missing name, with the vendor that is incomplete without it. */
export function realModeProblems(given: Names): ConfigProblem[] {
  const problems = [...coupaProblems(given), ...moveworksProblems(given), ...concurProblems(given)];
  const recipe = 'Make the secret with: openssl rand -base64 32';
  if (!given.has('API_KEYS')) {
    problems.push({ name: 'API_KEYS', message: `missing: who may call the API, as name:secret. ${recipe}` });
  }
  if (!given.has('REFERENCE_SECRETS')) {
    const message = `missing: a secret of at least 32 characters that signs what a button carries. ${recipe}`;
    problems.push({ name: 'REFERENCE_SECRETS', message });
  }
  return problems;
}
