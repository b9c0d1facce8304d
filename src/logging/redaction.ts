/** Keys whose values never reach a log (P9): credentials, and what says who somebody is. */
const keys = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'password',
  'secret',
  'secrets',
  'token',
  'reference',
  'apiKey',
  'api_key',
  'apiKeys',
  'clientSecret',
  'client_secret',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'email',
  'approverEmail',
  'approver_email',
  'recipients',
];

/** Pino's paths for those keys: at the top, and up to two levels below it (as in `req.headers.authorization`). */
export const redactedPaths: string[] = keys.flatMap((key) => {
  const step = /^\w+$/.test(key) ? `.${key}` : `["${key}"]`;
  return [step.replace(/^\./, ''), `*${step}`, `*.*${step}`];
});
