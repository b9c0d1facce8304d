import { describe, expect, it } from 'vitest';
import { Secret } from '../../../contract/secret.ts';
import { RetryableError, TerminalError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { createCompanyTokens } from './company-tokens.ts';
import {
  companyOptions,
  refusal,
  startTokenServer,
  tokenFilePath,
  type TokenReply,
} from './test-token-server.ts';
import { createUserTokens } from './user-tokens.ts';

/** What a caller sees when the endpoint answers so, by the grant that a command or a service uses. */
async function failureAt(reply: TokenReply, grant: 'company' | 'refresh' | 'user'): Promise<Error> {
  const server = await startTokenServer();
  const file = tokenFilePath();
  const options = companyOptions(server.url, file);
  if (grant === 'refresh') await createCompanyTokens(options).bootstrap();
  server.settings.odd = () => reply;
  const tokens =
    grant === 'user'
      ? createUserTokens({ ...options, login: 'dana@acme.example', password: new Secret('hunter2') })
      : createCompanyTokens(options);
  const failure = await failureOf(tokens.access());
  if (!(failure instanceof Error)) expect.unreachable();
  return failure;
}

const newToken = /Administration > Company > Authentication Admin > Company Request Token/;

describe('an error of the token endpoint', () => {
  it.each([
    [5, 'company', newToken],
    [5, 'company', /24 hours/],
    [5, 'refresh', /CONCUR_CLIENT_ID and CONCUR_CLIENT_SECRET/],
    [5, 'user', /login or password is wrong/],
    [10, 'refresh', /account of this company is disabled/],
    [11, 'user', /account of this user is disabled/],
    [12, 'company', /may not log on/],
    [13, 'user', /may not log on/],
    [14, 'user', /locked/],
    [16, 'refresh', /another data centre.*CONCUR_AUTH_URL/],
    [19, 'company', newToken],
    [19, 'user', /login or password is wrong/],
    [20, 'refresh', /IP restriction/],
    [51, 'user', /report this/],
    [52, 'user', /report this/],
    [53, 'company', /not enabled for this application/],
    [54, 'refresh', /scopes exceed.*OAuth 2.0 Application Management/],
    [59, 'refresh', /application is disabled/],
    [60, 'user', /lacks this grant/],
    [61, 'company', /CONCUR_CLIENT_ID, and CONCUR_AUTH_URL/],
    [62, 'company', /set CONCUR_CLIENT_ID/],
    [63, 'company', /set CONCUR_CLIENT_SECRET/],
    [64, 'refresh', /check CONCUR_CLIENT_SECRET/],
    [65, 'company', /report this/],
    [106, 'refresh', newToken],
    [107, 'refresh', newToken],
    [107, 'refresh', /allow the grant refresh_token/],
    [108, 'refresh', newToken],
    [108, 'refresh', /countersign concur token --new/],
    [115, 'refresh', /did not authenticate itself/],
    [120, 'user', /report this/],
    [123, 'refresh', /this company is disabled/],
    [135, 'company', /report this/],
    [777, 'refresh', /what 777 means/],
  ] as const)('says what to do about code %i of the %s grant', async (code, grant, words) => {
    const failure = await failureAt(refusal(code), grant);
    expect(failure).toBeInstanceOf(TerminalError);
    expect(failure.message).toMatch(words);
    expect(failure.message).toContain(`code ${code}`);
    expect(failure.message).not.toMatch(/Dana|\n/);
  });

  it('is read when the code comes as text, as one of SAP’s pages has it', async () => {
    expect((await failureAt(refusal('64'), 'company')).message).toContain('code 64');
  });

  it('asks for another try while the company is under maintenance', async () => {
    const failure = await failureAt(refusal(134), 'refresh');
    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure.message).toMatch(/maintenance/);
  });

  it.each([429, 500, 502, 503])('asks for another try after HTTP %i, whatever its body', async (status) => {
    expect(await failureAt({ status, body: '<h1>Dana</h1>' }, 'refresh')).toBeInstanceOf(RetryableError);
  });

  it.each([
    ['HTML', '<h1>Dana Reyes</h1>'],
    ['a list', ['Dana']],
    ['words for numbers', { code: 'Dana', error: 'Dana Reyes', geolocation: 7 }],
  ])('is terminal without a code when the body is %s, and repeats none of it', async (_, body) => {
    const failure = await failureAt({ status: 403, body }, 'refresh');
    expect(failure).toBeInstanceOf(TerminalError);
    expect(failure.message).toMatch(/HTTP 403, no token \(no error code\).*CONCUR_AUTH_URL/);
    expect(failure.message).not.toContain('Dana');
  });
});
