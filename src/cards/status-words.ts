/**
 * A status of Coupa in words: `pending_approval` reads "Pending Approval". Its set of statuses is open, so every name
 * is taken apart alike.
 */
export function statusInWords(status: string): string {
  return status
    .split(/[_\s]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
