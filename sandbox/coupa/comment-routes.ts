import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { SandboxEnv } from '../sandbox-env.ts';
import { apiUserId } from '../world/people.ts';
import { addComment, MOST_COMMENT_CHARS, renderComment } from './comments.ts';
import { notFound, validationError } from './coupa-problem.ts';
import { slim } from './fields.ts';
import { attribute, type Attributes, listRows } from './list-query.ts';
import type { Comment, Requisition } from './state.ts';
import type { Tenant } from './tenant.ts';

const commentAttributes: Attributes<Comment> = {
  id: attribute.integer((comment) => comment.id),
  created_at: attribute.date((comment) => comment.at),
  updated_at: attribute.date((comment) => comment.at),
};

const commentBody = z.object({ comments: z.string().trim().min(1).max(MOST_COMMENT_CHARS) });

/**
 * `GET` and `POST /api/requisitions/:id/comments`. A new comment's author is the API client's user, as with
 * decisions; its status 201 is assumed.
 */
export function commentRoutes(
  { store, directory }: Tenant,
  scope: (name: string) => MiddlewareHandler<SandboxEnv>,
): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const requisitionOf = (id: string): Requisition => {
    const requisition = store.requisitions.get(Number(id));
    if (requisition === undefined) throw notFound('Requisition');
    return requisition;
  };

  app.get('/:id/comments', scope('core.comment.read'), (c) => {
    const params = new URL(c.req.url).searchParams;
    const requisition = requisitionOf(c.req.param('id'));
    const rows = listRows(requisition.comments, params, commentAttributes);
    return Response.json(
      slim(
        rows.map((comment) => renderComment(directory, requisition, comment)),
        params,
      ),
    );
  });

  app.post('/:id/comments', scope('core.comment.write'), async (c) => {
    const requisition = requisitionOf(c.req.param('id'));
    const body = commentBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) throw validationError('comment', "Comments can't be blank");
    const comment = addComment(store, requisition, { text: body.data.comments, byUserId: apiUserId });
    return Response.json(
      slim(renderComment(directory, requisition, comment), new URL(c.req.url).searchParams),
      {
        status: 201,
      },
    );
  });
  return app;
}
