import { createConcurClient } from '../../connectors/concur/client.ts';
import { createCompanyTokens } from '../../connectors/concur/token/company-tokens.ts';
import type { ConcurTokens } from '../../connectors/concur/token/types.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import { sleep } from '../../connectors/http/aborting.ts';
import type { Environment } from '../../config/gather.ts';
import { creatingOff } from '../../config/mode-words.ts';
import { CommandError } from '../configuration.ts';
import { tokensOfUser } from './as-user.ts';
import { createRequest } from './create-command.ts';
import { exitCodes } from './exit-codes.ts';
import { guardedTokens } from './guarded-tokens.ts';
import type { Interrupts } from './interrupts.ts';
import { showLists } from './lists-command.ts';
import type { ConcurArguments } from './options.ts';
import { concurPlace, type ConcurPlace } from './place.ts';
import { readDocument } from './read-document.ts';
import { showStatus } from './status-command.ts';
import type { Talk } from './talk.ts';
import { tokenCommand } from './token-command.ts';
import { listVendors } from './vendors-command.ts';
import { whoami } from './whoami-command.ts';

/** The world of a sub-command. */
export interface World {
  readonly env: Environment;
  readonly input: NodeJS.ReadableStream;
  readonly talk: Talk;
  readonly interrupts: Interrupts;
}

/** Whoever tries an outage in the sandbox does not want to wait five minutes for its end. */
const sandboxRestMs = 5_000;

function clientFor({ concur, sandbox }: ConcurPlace, tokens: ConcurTokens): ConcurClient {
  const { requestsPerMinute, uomField } = concur;
  const restAfter503Ms = sandbox ? sandboxRestMs : undefined;
  return createConcurClient({ tokens, requestsPerMinute, uomField, restAfter503Ms });
}

function companyTokens({ concur }: ConcurPlace, { interrupts }: World): ConcurTokens {
  return guardedTokens(createCompanyTokens(concur), interrupts);
}

type Create = Extract<ConcurArguments, { readonly command: 'create' }>;

async function create(options: Create, world: World): Promise<number> {
  const { talk, interrupts, env } = world;
  if (!options.yes && !talk.interactive) {
    talk.say('countersign: there is nobody to ask here: concur create needs --yes.');
    return exitCodes.usage;
  }
  const document = await readDocument(options, world);
  if (typeof document === 'number') return document;
  const place = concurPlace(env, talk.say);
  const { mode, sandbox, concur } = place;
  const off = creatingOff(mode);
  if (off !== undefined) throw new CommandError(`countersign: ${off}`);
  const { signal } = interrupts;
  const user = options.asUser ? await tokensOfUser(concur, talk) : undefined;
  const assignedTo = user === undefined ? undefined : (await user.identity(signal)).userId;
  const tokens = user ?? companyTokens(place, world);
  const { origin } = await tokens.access(signal);
  const deps = {
    client: clientFor(place, tokens),
    talk,
    interrupts,
    listFields: concur.listFields,
    where: sandbox ? `the sandbox at ${origin}` : `SAP Concur at ${origin}`,
    ...(assignedTo === undefined ? {} : { assignedTo }),
  };
  return createRequest(deps, document, options);
}

/** Runs one sub-command; gives its exit code. Throws the connectors' errors, `CommandError` and `Interrupted`. */
export async function runConcur(options: ConcurArguments, world: World): Promise<number> {
  if (options.command === 'create') return create(options, world);
  const { talk, interrupts, env } = world;
  const { signal } = interrupts;
  const place = concurPlace(env, talk.say);
  const client = () => clientFor(place, companyTokens(place, world));
  switch (options.command) {
    case 'token': {
      const { tokenFile, requestToken } = place.concur;
      const tokens = createCompanyTokens(place.concur);
      const canExchange = requestToken !== undefined;
      const { guard } = interrupts;
      return tokenCommand({ tokens, tokenFile, canExchange, talk, guard, now: Date.now() }, options);
    }
    case 'whoami':
      return whoami({ tokens: await tokensOfUser(place.concur, talk), talk, signal });
    case 'vendors':
      return listVendors({ client: client(), talk, signal }, options);
    case 'lists':
      return showLists({ client: client(), talk, signal }, options);
    case 'status': {
      const wait = (ms: number) => sleep(ms, signal);
      return showStatus({ client: client(), talk, signal, wait }, options);
    }
  }
}
