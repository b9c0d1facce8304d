import { describe, expect, it } from 'vitest';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import { RetryableError, TerminalError } from '../../connectors/http/errors.ts';
import type { PurchaseRequestStatus } from '../../contract/purchase-request.ts';
import { showStatus } from './status-command.ts';
import { Interrupted } from './talk.ts';
import { scriptedClient, testTalk } from './test-talk.ts';

const facts = { vendor: 'concur', operation: 'GET /x' };
const pending: PurchaseRequestStatus = { queueStatus: 'PENDING_CREATION', exceptions: [], orders: [] };
const created: PurchaseRequestStatus = {
  number: '100417',
  queueStatus: 'CREATED',
  workflowStatus: 'Pending Approval',
  exceptions: [
    { eventCode: 'PURCH_DETAIL_SUBMIT', code: '0070071', message: 'Quantity\u0007differs', cleared: false },
  ],
  orders: [],
};
const ordered: PurchaseRequestStatus = { ...created, workflowStatus: 'Approved', orders: ['PO1', 'PO2'] };

type Look = PurchaseRequestStatus | undefined | Error;

interface Scene {
  readonly looks: readonly Look[];
  readonly order?: ConcurClient['getPurchaseOrder'];
  readonly json?: boolean;
  readonly watch?: boolean;
}

async function showing({ looks, order, json = false, watch = false }: Scene) {
  const left = [...looks];
  const waits: number[] = [];
  const client = scriptedClient({
    getPurchaseRequest: () => {
      const next = left.length > 1 ? left.shift() : left[0];
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    getPurchaseOrder:
      order ?? ((number) => Promise.resolve({ number, status: 'Transmitted', vendorCode: 'V-1' })),
  });
  const script = testTalk();
  const controller = new AbortController();
  const deps = {
    client,
    talk: script.talk,
    signal: controller.signal,
    wait: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const code = await showStatus(deps, { id: 'pr-1', json, watch }).catch((error: unknown) => error);
  return { code, waits, out: script.out(), said: script.said() };
}

describe('concur status', () => {
  it('shows number, both statuses, exceptions and orders with what the order’s own API tells', async () => {
    const { code, out } = await showing({ looks: [ordered] });
    expect(code).toBe(0);
    expect(out).toMatch(/Number +100417/);
    expect(out).toMatch(/Queue status +CREATED/);
    expect(out).toMatch(/Workflow status +Approved/);
    expect(out).toMatch(/open {2}0070071 {2}PURCH_DETAIL_SUBMIT {2}Quantity differs/);
    expect(out).toMatch(/PO1 {2}Transmitted {2}vendor V-1/);
  });

  it.each([
    new TerminalError('HTTP 403', { ...facts, status: 403 }),
    new RetryableError('HTTP 500', { ...facts, status: 500 }),
  ])('shows the orders’ numbers alone after $name', async (error) => {
    const { code, out } = await showing({ looks: [ordered], order: () => Promise.reject(error) });
    expect(code).toBe(0);
    expect(out).toMatch(/^ +PO1$/m);
    expect(out).toMatch(/^ +PO2$/m);
  });

  it('ends with 1 for an id that Concur does not know', async () => {
    const { code, out, said } = await showing({ looks: [undefined] });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(said).toMatch(/knows no purchase request pr-1/);
    expect(said).toMatch(/`purchaseRequestId` that GET \/purchase-requests\/\{id\} shows/);
  });

  it('gives one document by the names of the HTTP interface', async () => {
    const { out } = await showing({ looks: [created], json: true });
    expect(JSON.parse(out)).toEqual({
      purchaseRequestId: 'pr-1',
      purchaseRequestNumber: '100417',
      queueStatus: 'CREATED',
      workflowStatus: 'Pending Approval',
      exceptions: created.exceptions,
      purchaseOrders: [],
    });
  });
});

describe('concur status --watch', () => {
  it('looks until there are orders, and says each change once', async () => {
    const looks = [undefined, pending, pending, created, new RetryableError('HTTP 500', facts), ordered];
    const { code, out, said } = await showing({ looks, watch: true });
    expect(code).toBe(0);
    expect(out.match(/PENDING_CREATION/g)).toHaveLength(1);
    expect(out.match(/Pending Approval/g)).toHaveLength(1);
    expect(out).toContain('PO2');
    expect(said).toContain('looking again');
  });

  it('waits longer while nothing changes, up to a minute', async () => {
    const looks = [pending, ...Array.from({ length: 20 }, () => pending), ordered];
    const { waits } = await showing({ looks, watch: true });
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(60_000);
    expect(waits[0]).toBe(2_000);
  });

  it('rests as long as Concur asks for', async () => {
    const busy = new RetryableError('HTTP 503', { ...facts, retryAfterMs: 300_000 });
    const { waits } = await showing({ looks: [busy, ordered], watch: true });
    expect(waits).toEqual([300_000]);
  });

  it('ends with 1 when the creation failed', async () => {
    const { code } = await showing({ looks: [{ ...pending, queueStatus: 'CREATE_FAILED' }], watch: true });
    expect(code).toBe(1);
  });

  it('gives up on an id that stays unknown', async () => {
    const { code, waits } = await showing({ looks: [undefined], watch: true });
    expect(code).toBe(1);
    expect(waits).toHaveLength(9);
  });

  it('ends at an error that does not pass', async () => {
    const { code } = await showing({ looks: [new TerminalError('no right', facts)], watch: true });
    expect(code).toBeInstanceOf(TerminalError);
  });

  it('gives one document under --json, the last one, also when somebody ends it', async () => {
    const whole = await showing({ looks: [pending, ordered], watch: true, json: true });
    expect(JSON.parse(whole.out)).toMatchObject({ workflowStatus: 'Approved' });
    const cut = await showing({ looks: [pending, new Interrupted('x')], watch: true, json: true });
    expect(cut.code).toBeInstanceOf(Interrupted);
    expect(JSON.parse(cut.out)).toMatchObject({ queueStatus: 'PENDING_CREATION' });
  });
});
