import { createServer } from 'node:http';
import { z } from 'zod';
import { vendorKeys } from './sandbox-settings.ts';
import { serveParent } from './serve-parent.ts';

/**
 * The callback and the poll of the public approvals guide's reference code, in as little TypeScript as they take: the
 * button's call is passed through to Coupa, and nothing is kept. It is what durability is compared with, so it is as
 * fast as it can be: one token, kept connections, no database.
 */

const scope = 'core.approval.read core.approval.write core.requisition.read';
const tokenShape = z.object({ access_token: z.string() });
const rowsShape = z.array(z.object({ id: z.number(), 'approvable-id': z.number() }));
const requisitionShape = z.object({
  id: z.number(),
  approvals: z.array(z.object({ approver: z.object({ email: z.string() }).optional(), status: z.string() })),
});

async function json(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

async function passThrough({ coupa, moveworks }: { coupa: string; moveworks: string }) {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: vendorKeys.coupaClientId,
    client_secret: vendorKeys.coupaClientSecret,
    scope,
  });
  const minted = await json(await fetch(`${coupa}/oauth2/token`, { method: 'POST', body: form }));
  const { access_token: token } = tokenShape.parse(minted);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const ask = async (path: string, method = 'GET') =>
    json(await fetch(`${coupa}${path}`, { method, headers }));

  const send = (approvalId: number, recipient: string) =>
    fetch(`${moveworks}/rest/v1/events/${vendorKeys.eventId}/messages/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${vendorKeys.moveworksApiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        message: `Approval ${approvalId}`,
        recipients: [recipient],
        context: { slots: { approval_id: String(approvalId) } },
      }),
    }).then(json);

  return {
    approve: (id: string) => ask(`/api/approvals/${id}/approve`, 'PUT'),
    /** One row after the other, as the guide's loop does; the guide reads the first page alone. */
    async poll(): Promise<number> {
      const query = 'status=pending_approval&approvable_type=RequisitionHeader';
      const rows = rowsShape.parse(await ask(`/api/approvals?${query}`));
      for (const row of rows) {
        const requisition = requisitionShape.parse(await ask(`/api/requisitions/${row['approvable-id']}`));
        const pending = requisition.approvals.find(({ status }) => status === 'pending_approval');
        await send(row.id, pending?.approver?.email ?? '');
      }
      return rows.length;
    },
  };
}

const vendors = z.object({ coupa: z.string(), moveworks: z.string() });
const through = await passThrough(vendors.parse(JSON.parse(process.argv[2] ?? '')));

const server = createServer((request, response) => {
  const [, id] = /^\/approvals\/(\d+)\/approve$/.exec(request.url ?? '') ?? [];
  const work =
    id === undefined
      ? through.poll().then((sent) => ({ sent }))
      : through.approve(id).then(() => ({ status: 'approved' }));
  work.then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
    (error: unknown) => response.writeHead(400).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  serveParent({ port: typeof address === 'object' ? address?.port : undefined });
});
