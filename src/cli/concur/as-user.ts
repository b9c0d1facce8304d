import { createUserTokens, type UserTokens } from '../../connectors/concur/token/user-tokens.ts';
import type { ConcurConfig } from '../../config/config.ts';
import { askLogin } from './ask-login.ts';
import type { Talk } from './talk.ts';

/** Asks who it is, and gives the tokens of that login: in memory alone. */
export async function tokensOfUser(
  { authUrl, clientId, clientSecret }: ConcurConfig,
  talk: Talk,
): Promise<UserTokens> {
  return createUserTokens({ authUrl, clientId, clientSecret, ...(await askLogin(talk)) });
}
