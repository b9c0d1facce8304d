import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { userId } from './control-person.ts';
import { addDocuments, documentOf, REQUISITION_TYPE } from './documents.ts';
import type { CoupaStore } from './store.ts';

const MOST_DOCUMENTS = 10_000;

const documentsBody = z.strictObject({
  type: z
    .string()
    .min(1)
    .refine((type) => type !== REQUISITION_TYPE, 'requisitions have a route of their own'),
  count: z.int().min(1).max(MOST_DOCUMENTS).default(1),
  approverId: userId.default(201),
});

/** The control route that makes documents of other types than requisitions, each with a pending approval. */
export function controlDocuments(store: CoupaStore): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.post('/', async (c) => {
    const rows = addDocuments(store, await controlBody(c, documentsBody));
    const approvals = rows.map((row) => ({ approvalId: row.id, documentId: documentOf(row).id }));
    return c.json({ approvals }, 201);
  });
  return app;
}
