import { describe, expect, it } from 'vitest';
import type { HandOffRule } from '../../config/config.ts';
import type { CoupaOrderable } from '../../connectors/coupa/orderable.ts';
import { selects } from './selects.ts';
import { anyRule, lineOf, orderableOf } from './test-orderable.ts';

type Case = readonly [string, Partial<HandOffRule>, Partial<CoupaOrderable>, boolean];

const print = { supplier: { id: 12, name: 'Big Prints' }, commodity: 'Printing' };

describe('the rule for hand-overs', () => {
  it.each<Case>([
    ['an approved requisition', {}, {}, true],
    ['one that Coupa has ordered itself', {}, { status: 'ordered' }, false],
    ['one that waits for approval', {}, { status: 'pending_approval' }, false],
    ['one in a state that nobody knows', {}, { status: 'Approved' }, false],
    [
      'one submitted in the first second of the day, UTC',
      { since: '2026-03-02' },
      { submittedAt: '2026-03-01T16:00:00-08:00' },
      true,
    ],
    [
      'one submitted a second before it',
      { since: '2026-03-02' },
      { submittedAt: '2026-03-01T15:59:59-08:00' },
      false,
    ],
    ['one that says nothing of when it was submitted', {}, { submittedAt: null }, false],
    ['one whose date cannot be read', {}, { submittedAt: 'yesterday' }, false],
    ['any under a day that is none', { since: '2026-02-31x' }, {}, false],
    ['one without lines', {}, { lines: [] }, false],
    ['a supplier of the list, in another case', { suppliers: ['acme test supply'] }, {}, true],
    ['a supplier of the list by its id', { suppliers: ['9'] }, {}, true],
    ['a supplier that is not in the list', { suppliers: ['big prints', '12'] }, {}, false],
    [
      'lines of which one has another supplier',
      { suppliers: ['9'] },
      { lines: [lineOf(), lineOf(print)] },
      false,
    ],
    [
      'lines all of whose suppliers are in the list',
      { suppliers: ['9', 'big prints'] },
      { lines: [lineOf(), lineOf(print)] },
      true,
    ],
    ['a line without a supplier', { suppliers: ['9'] }, { lines: [lineOf({ supplier: null })] }, false],
    ['a line without a supplier where any will do', {}, { lines: [lineOf({ supplier: null })] }, true],
    [
      'a supplier without a name',
      { suppliers: ['acme'] },
      { lines: [lineOf({ supplier: { id: 9, name: null } })] },
      false,
    ],
    ['a commodity of the list', { commodities: ['it hardware'] }, {}, true],
    ['a commodity that is not in the list', { commodities: ['chairs'] }, {}, false],
    [
      'a line without a commodity',
      { commodities: ['it hardware'] },
      { lines: [lineOf({ commodity: null })] },
      false,
    ],
    ['a currency of the list', { currencies: ['EUR', 'USD'] }, {}, true],
    ['a currency that is not in the list', { currencies: ['EUR'] }, {}, false],
    ['no currency', { currencies: ['USD'] }, { currency: null }, false],
    ['exactly the least', { atLeast: '14000' }, {}, true],
    ['a cent less than the least', { atLeast: '14000.01' }, {}, false],
    ['exactly the most', { atMost: '14000.0' }, {}, true],
    ['a cent more than the most', { atMost: '13999.99' }, {}, false],
    [
      'more than a float can tell apart',
      { atMost: '90071992547409921.00' },
      { total: '90071992547409921.01' },
      false,
    ],
    ['no total where there is a bound', { atMost: '5000' }, { total: null }, false],
    ['a total that is no number', { atLeast: '1' }, { total: '1e9' }, false],
    ['no total where there is no bound', {}, { total: null }, true],
  ])('%s: as it should be', (_, rule, requisition, expected) => {
    expect(selects({ ...anyRule, ...rule }, orderableOf(requisition))).toBe(expected);
  });
});
