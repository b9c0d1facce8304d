import { expect, it } from 'vitest';
import type { PassResult } from '../contract/poll.ts';
import { summaryOf } from './poll-summary.ts';

const pass: PassResult = {
  cursor: 0,
  highestSeen: 0,
  stateCursor: '',
  seenClosed: {},
  told: {},
  others: { cursor: 0, counting: { InvoiceHeader: 9 } },
  delegations: {},
  delegationsDue: {},
  requests: 1,
  rows: 0,
  started: 0,
  rechecked: 0,
};

it('adds up what the passes found', () => {
  const counts = { InvoiceHeader: 12, ExpenseReport: 3 };
  const quick = { ...pass, rows: 5, started: 2, rechecked: 1 };
  const full = { ...pass, rows: 50, started: 3, rechecked: 4, others: { cursor: 0, counting: {}, counts } };
  expect(summaryOf({ quick, full, state: { ...pass, rows: 40, rechecked: 6 } })).toBe(
    '50 rows pending, 5 approvals started, 4 told to look again; ' +
      'other documents pending: 12 InvoiceHeader, 3 ExpenseReport; ' +
      '40 open requisitions compared, 7 approvals told of a change',
  );
});

it('says why nothing was compared, and nothing of a count that is not at its end', () => {
  expect(summaryOf({ quick: pass, full: pass, state: { failure: 'HTTP 503' } })).toBe(
    '0 rows pending, 0 approvals started, 0 told to look again; open requisitions could not be compared: HTTP 503',
  );
});

it('says how many approved requisitions go to SAP Concur, or why that cannot be said', () => {
  const cursor = { rule: 'r', touchedSince: '', after: 0, begunAt: '', sweptTo: 0 };
  const handOff = { cursor, requests: 3, rows: 12, begun: 2 };
  const passes = { quick: pass, full: pass, state: { ...pass, rows: 4 } };
  expect(summaryOf({ ...passes, handOff })).toBe(
    '0 rows pending, 0 approvals started, 0 told to look again; ' +
      '2 of 12 approved requisitions go to SAP Concur; ' +
      '4 open requisitions compared, 0 approvals told of a change',
  );
  expect(summaryOf({ ...passes, handOff: { failure: 'HTTP 403' } })).toContain(
    '; approved requisitions could not be looked through: HTTP 403; ',
  );
});
