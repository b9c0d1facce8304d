/**
 * Every kind of problem the API answers with (RFC 9457): the one place that says which there are.
 * The error answers, the OpenAPI document and the guides all come from it.
 */
export const problems = {
  unauthorized: { status: 401, title: 'A valid API key is needed' },
  forbidden: { status: 403, title: 'Not an approver of this approval' },
  forged: { status: 403, title: 'The reference was not made by this service' },
  'not-offered': { status: 403, title: 'This decision is not offered here' },
  'not-found': { status: 404, title: 'Nothing is known under this name' },
  'method-not-allowed': { status: 405, title: 'The method does not exist here' },
  'not-accepting': { status: 409, title: 'This is switched off here' },
  decided: { status: 409, title: 'The approval was decided already' },
  changed: { status: 409, title: 'The requisition changed since the card was sent' },
  refused: { status: 409, title: 'Coupa refused the decision' },
  withdrawn: { status: 409, title: 'The requisition was withdrawn' },
  superseded: { status: 409, title: 'The approval was replaced by another one' },
  'not-waiting': { status: 409, title: 'The purchase request does not wait for this answer' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON' },
  invalid: { status: 422, title: 'The request has problems' },
  internal: { status: 500, title: 'Something went wrong here' },
  'not-configured': { status: 501, title: 'SAP Concur is not set up here' },
  undeliverable: { status: 502, title: 'Moveworks did not take every message' },
  unavailable: { status: 503, title: 'Not possible for now' },
} as const;

export type ProblemName = keyof typeof problems;

/** The problem's `type`: a URN, because it names a kind and leads to no page. */
export function problemType(name: ProblemName): string {
  return `urn:countersign:problem:${name}`;
}
