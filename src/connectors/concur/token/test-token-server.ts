import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Secret } from '../../../contract/secret.ts';
import { bodyOf, startTestServer } from '../../http/test-server.ts';

/** What a test server received. */
interface TokenRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly form: URLSearchParams;
}

export interface TokenReply {
  readonly status?: number;
  /** An object is sent as JSON, a text as HTML. */
  readonly body: object | string;
  readonly retryAfter?: string;
}

export const companyUuid = '08bcca1e-0d4f-4261-9f1b-f778d96617d6';
const goodRequestToken = 'request-token';

/**
 * A token endpoint that rotates strictly: a refresh token works once. `odd` answers in its place when it returns
 * something; `parts` are added to every good answer; `meanwhile` runs between the rotation and the answer.
 */
export async function startTokenServer(
  settings: {
    odd?: ((form: URLSearchParams) => TokenReply | undefined) | undefined;
    parts?: object;
    meanwhile?: (response: ServerResponse) => Promise<void>;
  } = {},
) {
  const requests: TokenRequest[] = [];
  let issued = 0;
  let refreshToken = 'none yet';
  const url = await startTestServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const form = new URLSearchParams(body);
      requests.push({ url: request.url ?? '', headers: request.headers, body, form });
      const { status = 200, body: answer, retryAfter } = settings.odd?.(form) ?? judge(form);
      await settings.meanwhile?.(response);
      const isJson = typeof answer !== 'string';
      response.writeHead(status, {
        'content-type': isJson ? 'application/json' : 'text/html',
        ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      });
      response.end(isJson ? JSON.stringify(answer) : answer);
    })();
  });

  function judge(form: URLSearchParams): TokenReply {
    const known =
      form.get('grant_type') === 'refresh_token'
        ? form.get('refresh_token') === refreshToken
        : form.get('password') === goodRequestToken;
    if (!known) return refusal(form.has('refresh_token') ? 108 : 5);
    issued += 1;
    refreshToken = `refresh-${issued}`;
    return {
      body: {
        expires_in: '3600',
        scope: 'purchaserequest.read purchaserequest.write',
        token_type: 'Bearer',
        access_token: `access-${issued}`,
        refresh_token: refreshToken,
        refresh_expires_in: 1_795_000_000,
        geolocation: url,
        ...settings.parts,
      },
    };
  }

  return { url, requests, settings, present: () => refreshToken, issued: () => issued };
}

/** An error answer in SAP's shape; its free text names somebody, as it might. */
export function refusal(code: number | string, more: object = {}): TokenReply {
  return {
    status: 400,
    body: { code, error: 'invalid_grant', error_description: 'Dana Reyes may not', ...more },
  };
}

/** A folder of its own for one test, which has no token file yet. */
export function tokenFilePath(): string {
  const parent = mkdtempSync(join(tmpdir(), 'countersign-concur-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'home', 'concur-token.json');
}

/** Options of company tokens at a test server. */
export function companyOptions(authUrl: string, tokenFile: string) {
  return {
    authUrl,
    clientId: 'client-1',
    clientSecret: new Secret('client-secret'),
    companyUuid,
    requestToken: new Secret(goodRequestToken),
    tokenFile,
    timeoutMs: 10_000,
  };
}
