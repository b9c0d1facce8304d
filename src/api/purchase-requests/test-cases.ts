import type { Case } from '../test-case.ts';
import type { TestEngine } from '../test-engine.ts';
import { purchaseRecordOf } from '../test-purchase-engine.ts';
import { validBody } from './test-body.ts';

const id = '0123456789abcdef0123456789abcdef';
const path = `/purchase-requests/${id}`;
const headers = { 'content-type': 'application/json', 'idempotency-key': 'k1' };
const body = JSON.stringify(validBody);

const attention = {
  n: 1,
  reason: 'unknownOutcome',
  since: '2026-11-02T10:00:00.000Z',
  what: 'Look in SAP Concur.',
} as const;
const waiting = (engine: TestEngine) =>
  void engine.openPurchase(id, { state: 'needsAttention', attention, concurId: 'c-1', number: '100417' });
const fails = (how: 'down' | 'broken', call: Parameters<TestEngine['down']['add']>[0]) => {
  return (engine: TestEngine) => {
    waiting(engine);
    engine[how].add(call);
  };
};

function createCases(): Case[] {
  const route = 'post /purchase-requests';
  const order: Case['make'] = ({ send }) => send('POST', '/purchase-requests', { body, headers });
  return [
    { route, make: order },
    { route, make: ({ anonymous }) => anonymous('POST', '/purchase-requests', { body, headers }) },
    { route, make: order, deps: { mode: 'shadow' } },
    { route, make: order, deps: { concur: false } },
    { route, make: ({ send }) => send('POST', '/purchase-requests', { body: 'x'.repeat(524_289) }) },
    { route, make: ({ send }) => send('POST', '/purchase-requests', { body }) },
    { route, make: ({ send }) => send('POST', '/purchase-requests') },
    { route, make: order, given: fails('down', 'startPurchaseRequest') },
    { route, make: order, given: fails('broken', 'startPurchaseRequest') },
  ];
}

function listCases(): Case[] {
  const route = 'get /purchase-requests';
  const list: Case['make'] = ({ send }) => send('GET', '/purchase-requests');
  return [
    { route, make: list, given: waiting },
    { route, make: ({ anonymous }) => anonymous('GET', '/purchase-requests') },
    { route, make: ({ send }) => send('GET', '/purchase-requests?limit=0') },
    { route, make: list, given: fails('down', 'listPurchaseRequests') },
    { route, make: list, given: fails('broken', 'listPurchaseRequests') },
  ];
}

function showCases(): Case[] {
  const route = 'get /purchase-requests/{id}';
  const show: Case['make'] = ({ send }) => send('GET', path);
  const handOff = { origin: { kind: 'handOff', requisitionId: 5 }, attention } as const;
  const troubled = {
    ...handOff,
    problems: [{ line: 1, field: 'vendorCode', code: 'invalidVendor', message: 'No.', path: 'lineItems[0]' }],
    trouble: { type: 'RetryableError', message: 'm' },
  };
  return [
    { route, make: show, given: waiting },
    { route, make: show, given: (engine) => engine.closePurchase(id, 'ordered', purchaseRecordOf(id)) },
    {
      route,
      make: show,
      given: (engine) => engine.closePurchase(id, 'failed', purchaseRecordOf(id, troubled)),
    },
    { route, make: ({ anonymous }) => anonymous('GET', path) },
    { route, make: show },
    { route, make: show, given: fails('down', 'purchaseRequest') },
    { route, make: show, given: fails('broken', 'purchaseRequest') },
  ];
}

function resolveCases(): Case[] {
  const route = 'post /purchase-requests/{id}/resolve';
  const at = `${path}/resolve`;
  const resolve: Case['make'] = ({ postJson }) => postJson(at, { attention: 1, outcome: 'notCreated' });
  const named: Case['make'] = ({ postJson }) =>
    postJson(at, { attention: 1, outcome: 'created', purchaseRequestId: 'c-2' });
  const held = (engine: TestEngine) => {
    waiting(engine);
    engine.openPurchase('another', { concurId: 'c-2' });
  };
  return [
    { route, make: resolve, given: waiting },
    { route, make: ({ anonymous }) => anonymous('POST', at) },
    { route, make: resolve },
    { route, make: named, given: held },
    { route, make: resolve, given: waiting, deps: { mode: 'notify' } },
    { route, make: resolve, given: waiting, deps: { concur: false } },
    { route, make: resolve, given: (engine) => void engine.openPurchase(id, { state: 'created' }) },
    { route, make: ({ send }) => send('POST', at, { body: 'x'.repeat(65_537) }) },
    { route, make: ({ send }) => send('POST', at, { body: 'x' }) },
    { route, make: ({ send }) => send('POST', at) },
    { route, make: resolve, given: fails('down', 'resolvePurchaseRequest') },
    { route, make: resolve, given: fails('broken', 'resolvePurchaseRequest') },
  ];
}

/** Every answer that a route under `/purchase-requests` gives. */
export const purchaseRequestCases: Case[] = [
  ...createCases(),
  ...listCases(),
  ...showCases(),
  ...resolveCases(),
];
