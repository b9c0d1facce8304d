import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../contract/observation.ts';
import { asks } from './policy.ts';

const sheet: Sheet = {
  requisitionId: 5001,
  title: 'Laptops',
  status: 'pending_approval',
  justification: null,
  submittedAt: '2026-03-02T08:15:03-08:00',
  needByDate: null,
  department: null,
  costCentre: null,
  requester: null,
  createdBy: null,
  facts: { total: '1', currency: 'USD', lines: [] },
  factsHash: 'h',
  updatedAt: null,
};
const submitted = Date.parse('2026-03-02T16:15:03Z');
const day = 24 * 60 * 60_000;
const policy = { allowSelfApproval: false, askMaxAgeMs: 30 * day };
const ada = { id: 201, name: 'Ada Prover', address: 'Ada.Prover@example.test' };
const bo = { id: 202, name: 'Bo Ss', address: 'bo.ss@example.test' };

describe('asks', () => {
  it('asks everyone when no pilot is named', () => {
    expect(asks([ada], sheet, policy, new Date(submitted))).toBe(true);
  });

  it('asks up to the age that policy names, and lists what was submitted longer ago', () => {
    expect(asks([ada], sheet, policy, new Date(submitted + 30 * day))).toBe(true);
    expect(asks([ada], sheet, policy, new Date(submitted + 30 * day + 1))).toBe(false);
  });

  it('counts from the row where that is younger: a later turn may come long after the submission', () => {
    const now = new Date(submitted + 40 * day);
    const row = { ...sheet, updatedAt: new Date(submitted + 39 * day).toISOString() };
    expect(asks([ada], sheet, policy, now)).toBe(false);
    expect(asks([ada], row, policy, now)).toBe(true);
  });

  it.each([[null], ['not a date']])(
    'asks when the submission date is %j: nothing says that it is old',
    (at) => {
      expect(asks([ada], { ...sheet, submittedAt: at }, policy, new Date(submitted + 999 * day))).toBe(true);
    },
  );

  it('asks only where one of the approvers takes part in the pilot, whatever the case of the address', () => {
    const pilot = { ...policy, pilot: ['ada.prover@example.test'] };
    const now = new Date(submitted);
    expect(asks([ada], sheet, pilot, now)).toBe(true);
    expect(asks([bo, ada], sheet, pilot, now)).toBe(true);
    expect(asks([bo], sheet, pilot, now)).toBe(false);
    expect(asks([{ id: 203, name: 'Cy Nod' }], sheet, pilot, now)).toBe(false);
    expect(asks([], sheet, pilot, now)).toBe(false);
  });

  it('asks nobody for an empty pilot', () => {
    expect(asks([ada], sheet, { ...policy, pilot: [] }, new Date(submitted))).toBe(false);
  });

  it('lets no pilot outweigh the age', () => {
    const pilot = { ...policy, pilot: ['ada.prover@example.test'] };
    expect(asks([ada], sheet, pilot, new Date(submitted + 31 * day))).toBe(false);
  });
});
