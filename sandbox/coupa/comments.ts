import type { Directory } from './directory.ts';
import { renderUser } from './render-user.ts';
import type { Comment, Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import { tenantTime } from './tenant-time.ts';

/** The most characters of a comment here; Coupa publishes no limit. */
export const MOST_COMMENT_CHARS = 2000;

/** Adds a comment to a requisition, whatever its status; the requisition's own dates stay as they are. */
export function addComment(
  store: CoupaStore,
  requisition: Requisition,
  { text, byUserId }: { text: string; byUserId: number },
): Comment {
  const comment = { id: store.takeId('comment'), text, byUserId, at: tenantTime(Date.now()) };
  requisition.comments = [...requisition.comments, comment];
  store.changed();
  return comment;
}

/** A comment in Coupa's shape. */
export function renderComment(directory: Directory, requisition: Requisition, comment: Comment) {
  // A hand-edited state file may name somebody who does not exist.
  const known = directory.person(comment.byUserId) !== undefined;
  const author = known ? renderUser(directory, comment.byUserId) : null;
  return {
    id: comment.id,
    'commentable-type': 'RequisitionHeader',
    'commentable-id': requisition.id,
    comments: comment.text,
    'comment-type': null,
    'to-supplier': false,
    attachments: [],
    'created-at': comment.at,
    'updated-at': comment.at,
    'created-by': author,
    'updated-by': author,
  };
}
