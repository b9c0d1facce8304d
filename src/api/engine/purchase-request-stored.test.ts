import { describe, expect, it } from 'vitest';
import { purchaseRequestMemoKey } from '../../contract/purchase-request.ts';
import { purchaseMemoOf, purchaseRecordOf } from '../test-purchase-engine.ts';
import { readPurchaseRequestMemo, readPurchaseRequestRecord } from './purchase-request-stored.ts';

const attention = { n: 1, reason: 'notFound', since: '2026-11-02T10:00:00.000Z', what: 'Look.' } as const;
const memo = purchaseMemoOf('coupa-5', {
  requisitionId: 5,
  concurId: 'c-1',
  knownAs: 'c-0',
  number: '1',
  workflowStatus: 'Approved',
  orders: ['PO1'],
  attention,
});
const record = purchaseRecordOf('i1', {
  attention,
  problems: [{ line: 1, field: 'f', code: 'c', message: 'm', path: 'p' }],
  trouble: { type: 'RetryableError', message: 'm' },
});

describe('what a purchase request’s workflow left in Temporal', () => {
  it('is read as it was written, unknown fields left out', () => {
    expect(readPurchaseRequestMemo({ [purchaseRequestMemoKey]: { ...memo, later: 1 } })).toEqual(memo);
    expect(readPurchaseRequestRecord({ ...record, later: 1 })).toEqual(record);
    const handOff = { ...record, origin: { kind: 'handOff', requisitionId: 5 } };
    expect(readPurchaseRequestRecord(handOff)).toEqual(handOff);
  });

  it('may be short of all that comes later', () => {
    const { status, concurId, correlationId, ...early } = record;
    expect([status, concurId, correlationId]).not.toContain(undefined);
    expect(readPurchaseRequestRecord(early)).toEqual(early);
  });

  it('is nothing, rather than an error, when it is not understood', () => {
    expect(readPurchaseRequestMemo(undefined)).toBeUndefined();
    expect(readPurchaseRequestMemo({})).toBeUndefined();
    expect(
      readPurchaseRequestMemo({ [purchaseRequestMemoKey]: { ...memo, state: 'dreaming' } }),
    ).toBeUndefined();
    expect(readPurchaseRequestRecord('gone')).toBeUndefined();
    expect(readPurchaseRequestRecord({ ...record, origin: { kind: 'mail' } })).toBeUndefined();
  });
});
