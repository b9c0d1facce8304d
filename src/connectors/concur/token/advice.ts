/**
 * What an operator does about an error code of Concur's token endpoint: one sentence each.
 * The codes are those of SAP's page on authentication; 134 is named on its page on company tokens alone.
 */

/** Which credential was shown: the same code asks for different remedies. */
export type Grant = 'company' | 'refresh' | 'user';

/** How to get and use a company request token; a sentence of an error ends with it. */
export function newRequestToken(command: string): string {
  return `get a new request token in Concur (Administration > Company > Authentication Admin > Company Request Token), set CONCUR_COMPANY_REQUEST_TOKEN and run \`${command}\``;
}

/** Where a token was there before, it has to be replaced on purpose. */
const replaceIt = newRequestToken('countersign concur token --new');

const credentials: Readonly<Record<Grant, string>> = {
  company: `the company UUID or the request token is refused, which is good for 24 hours: check CONCUR_COMPANY_UUID, or ${replaceIt}`,
  refresh:
    'the credentials are refused: check CONCUR_CLIENT_ID and CONCUR_CLIENT_SECRET against the application in Concur',
  user: 'login or password is wrong: type them again, but not too often, since Concur locks accounts',
};

const principal: Readonly<Record<Grant, string>> = {
  company: 'company',
  refresh: 'company',
  user: 'user',
};

const disabled = (grant: Grant) =>
  `the account of this ${principal[grant]} is disabled: have a Concur administrator or SAP Concur support enable it`;
const denied = (grant: Grant) =>
  `this ${principal[grant]} may not log on: ask a Concur administrator or SAP Concur support why`;
const misunderstood = () => 'Concur did not understand the request: report this';

const advice: ReadonlyMap<number, (grant: Grant) => string> = new Map([
  [5, (grant) => credentials[grant]],
  [10, disabled],
  [11, disabled],
  [12, denied],
  [13, denied],
  [14, (grant) => `the account of this ${principal[grant]} is locked: have a Concur administrator unlock it`],
  [
    16,
    (grant) =>
      `this ${principal[grant]} lives in another data centre, and Concur does not say plainly in which: set CONCUR_AUTH_URL to it`,
  ],
  [19, (grant) => credentials[grant]],
  [
    20,
    (grant) =>
      `this ${principal[grant]} may not log on from here, which is typically an IP restriction: have this service's address allowed in Concur`,
  ],
  [51, misunderstood],
  [52, misunderstood],
  [
    53,
    () =>
      'the company is not enabled for this application: have SAP Concur enable it, or check CONCUR_CLIENT_ID',
  ],
  [
    54,
    () =>
      `scopes exceed what the application was granted: grant them in OAuth 2.0 Application Management, then ${replaceIt}`,
  ],
  [59, () => 'the application is disabled: enable it in OAuth 2.0 Application Management'],
  [
    60,
    () =>
      'the application lacks this grant: allow the grants password and refresh_token in OAuth 2.0 Application Management',
  ],
  [
    61,
    () =>
      'the application is not known there: check CONCUR_CLIENT_ID, and CONCUR_AUTH_URL (implementation sites have addresses of their own)',
  ],
  [62, () => 'no client id arrived: set CONCUR_CLIENT_ID'],
  [63, () => 'no client secret arrived: set CONCUR_CLIENT_SECRET'],
  [64, () => "the application's secret is wrong: check CONCUR_CLIENT_SECRET"],
  [65, misunderstood],
  [106, () => `the refresh token is lost: ${replaceIt}`],
  [
    107,
    () =>
      `the application may not refresh: allow the grant refresh_token in OAuth 2.0 Application Management, then ${replaceIt}`,
  ],
  [
    108,
    () =>
      `the refresh token is expired, revoked, or was replaced by one that never reached the token file: ${replaceIt}`,
  ],
  [115, () => 'the application did not authenticate itself: check CONCUR_CLIENT_ID and CONCUR_CLIENT_SECRET'],
  [120, misunderstood],
  [123, (grant) => `this ${principal[grant]} is disabled: have a Concur administrator enable it`],
  [134, () => 'the company is under maintenance: try again later'],
  [135, misunderstood],
]);

/** What to do about a code, as the end of an error's sentence; undefined for a code that SAP's pages do not explain. */
export function adviceOn(code: number, grant: Grant): string | undefined {
  return advice.get(code)?.(grant);
}
