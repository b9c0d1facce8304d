import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../contract/observation.ts';
import { slotsOf } from './slots.ts';

const sheet: Sheet = {
  requisitionId: 5001,
  title: null,
  status: 'pending_approval',
  justification: null,
  submittedAt: null,
  needByDate: null,
  department: null,
  costCentre: null,
  requester: null,
  createdBy: null,
  facts: { total: null, currency: null, lines: [] },
  factsHash: 'h',
  updatedAt: null,
};
const to = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };
const reference = '70002.201.c1.mac';

describe('slotsOf', () => {
  it('puts the signed reference into approval_id, the one slot of the guide’s event', () => {
    expect(slotsOf(['approval_id'], { reference, sheet, to })).toEqual({ approval_id: reference });
  });

  it('sends exactly the slots that the event declares, each as a string', () => {
    const all = slotsOf(['approval_id', 'requisition_id', 'approver_email'], { reference, sheet, to });
    expect(all).toEqual({
      approval_id: reference,
      requisition_id: '5001',
      approver_email: 'ada.prover@example.test',
    });
  });

  it('sends an empty address rather than none where Coupa tells none', () => {
    const silent = { id: 201, name: 'Ada Prover' };
    expect(slotsOf(['approver_email'], { reference, sheet, to: silent })).toEqual({ approver_email: '' });
  });
});
