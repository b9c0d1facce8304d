import type { UserTokens } from '../../connectors/concur/token/user-tokens.ts';
import { exitCodes } from './exit-codes.ts';
import { facts } from './table.ts';
import type { Talk } from './talk.ts';

export interface WhoamiDeps {
  readonly tokens: Pick<UserTokens, 'access' | 'identity'>;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

/** `concur whoami`: who a login is in SAP Concur. Shows no token. */
export async function whoami({ tokens, talk, signal }: WhoamiDeps): Promise<number> {
  const { userId } = await tokens.identity(signal);
  const { origin } = await tokens.access(signal);
  talk.out(
    [
      'This login in SAP Concur',
      ...facts([
        ['User id', userId],
        ['Geolocation', origin],
      ]),
      'Purchase requests created with a token of this login are assigned to this user, whatever their content says.',
    ].join('\n'),
  );
  return exitCodes.done;
}
