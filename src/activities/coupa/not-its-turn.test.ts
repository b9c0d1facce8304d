import { expect, it } from 'vitest';
import { z } from 'zod';
import { startTestServer } from '../../connectors/http/test-server.ts';
import { carryOut } from './carry-out.ts';
import { hashFacts, factsOf } from './facts.ts';
import { payload, requisition } from './fixtures/samples.ts';
import { clientOf, decisionOf, lookingAt } from './fixtures/tenant.ts';
import { lookAt } from './look.ts';

/** A tenant that knows the sample payloads: rows that are pending before their turn, and rows of other documents. */
async function sampleTenant() {
  const rows = z.array(z.looseObject({ id: z.number() })).parse(payload('approvals-page'));
  const answers = new Map<string, unknown>([
    ['/oauth2/token', { access_token: 't', expires_in: 86_399 }],
    ['/api/users', []],
    ['/api/delegations', []],
    ['/api/requisitions/5001', payload('requisition-pending')],
    ['/api/requisitions/5003', payload('requisition-draft-with-pending-approval-row')],
    ...rows.map((row): [string, unknown] => [`/api/approvals/${row.id}`, row]),
  ]);
  const asked: string[] = [];
  const url = await startTestServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://tenant');
    asked.push(`${request.method ?? ''} ${pathname}`);
    const body = answers.get(pathname);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { errors: 'does not exist' }));
  });
  const deps = lookingAt(clientOf(url));
  const factsHash = hashFacts(factsOf(requisition('requisition-pending')));
  return {
    asked: () => asked.filter((request) => !request.includes('/oauth2/')),
    look: (approvalId: number) => lookAt(deps, approvalId, { now: new Date() }),
    carryOut: (approvalId: number, actor: { userId: number }) =>
      carryOut(
        deps,
        { approvalId, decision: decisionOf({ actor }), factsHash, mayHaveWritten: false },
        new AbortController().signal,
      ),
  };
}

it('writes nothing for a row that is pending before its turn, even by its own approver (P4)', async () => {
  const tenant = await sampleTenant();
  expect(await tenant.carryOut(70006, { userId: 202 })).toMatchObject({
    kind: 'moved',
    observation: { kind: 'notYet' },
  });
  expect(tenant.asked()).toEqual(['GET /api/approvals/70006', 'GET /api/requisitions/5001']);
});

it('writes nothing for the pending row of a draft (P4)', async () => {
  const tenant = await sampleTenant();
  expect(await tenant.carryOut(70005, { userId: 201 })).toMatchObject({
    kind: 'moved',
    observation: { kind: 'notSubmitted', requisitionStatus: 'draft' },
  });
  expect(tenant.asked()).toEqual(['GET /api/approvals/70005', 'GET /api/requisitions/5003']);
});

it('leaves rows of other documents alone: their document’s number is not read as a requisition’s', async () => {
  const tenant = await sampleTenant();
  expect(await tenant.carryOut(70004, { userId: 201 })).toEqual({
    kind: 'moved',
    observation: { kind: 'gone' },
  });
  expect(tenant.asked()).toEqual(['GET /api/approvals/70004']);
});

it('reads the approval before its requisition, so that the chain is never the older one', async () => {
  const tenant = await sampleTenant();
  expect((await tenant.look(70002)).kind).toBe('actionable');
  expect(tenant.asked().slice(0, 2)).toEqual(['GET /api/approvals/70002', 'GET /api/requisitions/5001']);
});

it('reads nothing but the row of an approval that Coupa does not know', async () => {
  const tenant = await sampleTenant();
  expect(await tenant.look(1)).toEqual({ kind: 'gone' });
  expect(tenant.asked()).toEqual(['GET /api/approvals/1']);
});
