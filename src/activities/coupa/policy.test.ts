import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../contract/observation.ts';
import { asks, type AskPolicy } from './policy.ts';
import type { Person } from '../../contract/person.ts';

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
const policy = { allowSelfApproval: false, askMaxAgeMs: 30 * day, groupAskMax: 10, skipGroups: false };
const ada = { id: 201, name: 'Ada Prover', address: 'Ada.Prover@example.test' };
const bo = { id: 202, name: 'Bo Ss', address: 'bo.ss@example.test' };

const asked = (people: readonly Person[], shown: Sheet, by: AskPolicy, now: Date, ofGroup = false) =>
  asks(people, { sheet: shown, policy: by, now, ofGroup });

describe('asks', () => {
  it('does not ask whoever has no address', () => {
    expect(asked([{ id: 203, name: 'Cy Nod' }, bo], sheet, policy, new Date(submitted))).toEqual([202]);
  });

  it('asks so many of a group as policy names, the first by order, and everyone of another row', () => {
    const few = { ...policy, groupAskMax: 1 };
    expect(asked([{ id: 200, name: 'Silent' }, ada, bo], sheet, few, new Date(submitted), true)).toEqual([
      201,
    ]);
    expect(asked([ada, bo], sheet, few, new Date(submitted))).toEqual([201, 202]);
  });

  it('counts the members of a group who take part in the pilot, not those before them', () => {
    const few = { ...policy, groupAskMax: 1, pilot: ['bo.ss@example.test'] };
    expect(asked([ada, bo], sheet, few, new Date(submitted), true)).toEqual([202]);
  });

  it('asks nobody of a group where groups are only listed', () => {
    const skipping = { ...policy, skipGroups: true };
    expect(asked([ada, bo], sheet, skipping, new Date(submitted), true)).toEqual([]);
    expect(asked([ada, bo], sheet, skipping, new Date(submitted))).toEqual([201, 202]);
  });

  it('asks everyone when no pilot is named', () => {
    expect(asked([ada], sheet, policy, new Date(submitted))).toEqual([201]);
  });

  it('asks up to the age that policy names, and lists what was submitted longer ago', () => {
    expect(asked([ada], sheet, policy, new Date(submitted + 30 * day))).toEqual([201]);
    expect(asked([ada], sheet, policy, new Date(submitted + 30 * day + 1))).toEqual([]);
  });

  it('counts from the row where that is younger: a later turn may come long after the submission', () => {
    const now = new Date(submitted + 40 * day);
    const row = { ...sheet, updatedAt: new Date(submitted + 39 * day).toISOString() };
    expect(asked([ada], sheet, policy, now)).toEqual([]);
    expect(asked([ada], row, policy, now)).toEqual([201]);
  });

  it.each([[null], ['not a date']])(
    'asks when the submission date is %j: nothing says that it is old',
    (at) => {
      expect(asked([ada], { ...sheet, submittedAt: at }, policy, new Date(submitted + 999 * day))).toEqual([
        201,
      ]);
    },
  );

  it('asks only those of the approvers who take part in the pilot, whatever the case of the address', () => {
    const pilot = { ...policy, pilot: ['ada.prover@example.test'] };
    const now = new Date(submitted);
    expect(asked([ada], sheet, pilot, now)).toEqual([201]);
    expect(asked([bo, ada], sheet, pilot, now)).toEqual([201]);
    expect(asked([bo], sheet, pilot, now)).toEqual([]);
    expect(asked([{ id: 203, name: 'Cy Nod' }], sheet, pilot, now)).toEqual([]);
    expect(asked([], sheet, pilot, now)).toEqual([]);
  });

  it('asks nobody for an empty pilot', () => {
    expect(asked([ada], sheet, { ...policy, pilot: [] }, new Date(submitted))).toEqual([]);
  });

  it('lets no pilot outweigh the age', () => {
    const pilot = { ...policy, pilot: ['ada.prover@example.test'] };
    expect(asked([ada], sheet, pilot, new Date(submitted + 31 * day))).toEqual([]);
  });
});
