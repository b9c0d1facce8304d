import { TerminalError } from '../../connectors/http/errors.ts';

/** Whether an error says that the credential may not do this: then the next call of the kind may not either. */
export function isMissingRight(error: unknown): boolean {
  return error instanceof TerminalError && (error.status === 401 || error.status === 403);
}
