import { TerminalError } from '../http/errors.ts';
import { percentEncode } from '../http/url.ts';

/**
 * An id as a part of a path. Throws a TerminalError for one that would lead elsewhere: `.` and `..` stay steps of a
 * path however they are encoded, and nothing at all names the list above.
 */
export function pathSegment(id: string, operation: string): string {
  if (/^\.{0,2}$/.test(id)) {
    throw new TerminalError('the id cannot be part of an address; check it', { vendor: 'concur', operation });
  }
  return percentEncode(id);
}
