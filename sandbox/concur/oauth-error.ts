import { HTTPException } from 'hono/http-exception';

/** Numbers, names and words as SAP lists them; of the request's form (135) and of maintenance (134) only the number is known. */
const errors = {
  5: [400, 'invalid_grant', 'Incorrect Credentials. Please Retry'],
  16: [400, 'invalid_request', 'user lives elsewhere'],
  51: [400, 'invalid_request', 'username was not supplied'],
  52: [400, 'invalid_request', 'password was not supplied'],
  54: [400, 'invalid_scope', 'requested scope exceeds granted scope'],
  60: [403, 'invalid_grant', 'these are not the grants you are looking for'],
  61: [401, 'invalid_client', 'client not found'],
  62: [400, 'invalid_request', 'client_id was not supplied'],
  63: [400, 'invalid_request', 'client_secret was not supplied'],
  64: [401, 'invalid_client', 'Incorrect credentials. Please Retry'],
  65: [400, 'invalid_request', 'grant_type was not supplied'],
  106: [400, 'invalid_request', 'refresh_token was not supplied'],
  108: [400, 'invalid_grant', 'bad or expired refresh token'],
  120: [400, 'invalid_request', 'credtype is invalid'],
  134: [403, 'invalid_request', 'company is under maintenance'],
  135: [400, 'invalid_request', 'unsupported request format'],
} as const satisfies Record<number, readonly [status: 400 | 401 | 403, error: string, words: string]>;

/**
 * An error of the token route: `{code, error, error_description}`, with the geolocation for a user who lives elsewhere.
 * SAP gives 400, 401, 403 and 404 for these and does not say which code has which status.
 */
export function oauthError(code: keyof typeof errors, geolocation?: string): HTTPException {
  const [status, error, words] = errors[code];
  const body = {
    code,
    error,
    error_description: words,
    ...(geolocation === undefined ? {} : { geolocation }),
  };
  return new HTTPException(status, { res: Response.json(body, { status }) });
}
