import type { CompanyTokens, TokenState } from '../../connectors/concur/token/company-tokens.ts';
import { exitCodes } from './exit-codes.ts';
import { plain } from './plain.ts';
import { confirm, type Talk } from './talk.ts';
import { tokenText } from './token-text.ts';

export interface TokenDeps {
  readonly tokens: Pick<CompanyTokens, 'access' | 'bootstrap' | 'state'>;
  readonly tokenFile: string;
  /** Whether there is a request token to exchange. */
  readonly canExchange: boolean;
  readonly talk: Talk;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Lets an exchange go on to its end whatever happens: the new refresh token would be lost otherwise. */
  readonly guard: <T>(work: Promise<T>) => Promise<T>;
}

interface TokenOptions {
  readonly anew: boolean;
  readonly renew: boolean;
  readonly yes: boolean;
}

function isUsable(state: TokenState, now: number): boolean {
  return state.refreshExpiresAtMs === undefined || state.refreshExpiresAtMs > now;
}

function show({ talk, tokenFile, now }: TokenDeps, state: TokenState, what?: string): number {
  talk.out(tokenText(state, tokenFile, now));
  if (what !== undefined) talk.say(what);
  return exitCodes.done;
}

async function exchange(deps: TokenDeps): Promise<number> {
  const state = await deps.guard(deps.tokens.bootstrap());
  const what = 'The request token was exchanged, and is not needed any more.';
  return show(deps, state, what);
}

async function exchangeAnew(deps: TokenDeps, yes: boolean): Promise<number> {
  const { tokens, talk, canExchange } = deps;
  // Without a request token there is nothing to ask about: the exchange says how to get one.
  if (canExchange && tokens.state() !== undefined && !yes) {
    if (!talk.interactive) {
      talk.say(
        'countersign: there is a token already, which may stop working: token --new needs --yes here.',
      );
      return exitCodes.usage;
    }
    const question =
      'There is a token already, which may stop working. Exchange the request token all the same?';
    if (!(await confirm(talk, question))) {
      talk.say('Nothing was changed.');
      return exitCodes.failed;
    }
  }
  return exchange(deps);
}

async function renewNow(deps: TokenDeps): Promise<number> {
  const before = deps.tokens.state();
  // Nothing is in memory yet, so that the stored refresh token is used.
  await deps.guard(deps.tokens.access());
  const after = deps.tokens.state();
  if (after === undefined) {
    deps.talk.say(`countersign: ${plain(deps.tokenFile)} is gone just after the token was renewed.`);
    return exitCodes.failed;
  }
  return show(
    deps,
    after,
    before === undefined ? 'The request token was exchanged.' : 'The token was renewed.',
  );
}

/** `concur token`: how the company's token stands, and its first exchange. Shows no token. */
export async function tokenCommand(deps: TokenDeps, { anew, renew, yes }: TokenOptions): Promise<number> {
  if (anew) return exchangeAnew(deps, yes);
  if (renew) return renewNow(deps);
  const { tokens, canExchange, talk, now } = deps;
  const state = tokens.state();
  if (state !== undefined && isUsable(state, now)) return show(deps, state);
  if (canExchange) return exchange(deps);
  if (state !== undefined) {
    show(deps, state);
    talk.say(
      'The refresh token has ended: set CONCUR_COMPANY_REQUEST_TOKEN to a new request token, and run this again.',
    );
    return exitCodes.failed;
  }
  // Nothing to exchange: its error says how to get a request token.
  await deps.guard(tokens.access());
  return exitCodes.failed;
}
