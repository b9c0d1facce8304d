import { describe, expect, it } from 'vitest';
import { approvalMemoKey } from '../../contract/approval.ts';
import { recordOf, rowOf, standing } from '../test-engine.ts';
import { readMemo, readRecord, readSettlement } from './stored.ts';

describe('what workflows left in Temporal', () => {
  const memo = {
    state: 'asked',
    factsHash: 'f1',
    asked: [{ userId: 201, cards: ['c1'] }],
    row: rowOf(70002),
  };

  it('is read as it was written', () => {
    expect(readMemo({ [approvalMemoKey]: memo })).toEqual(memo);
    const record = recordOf(70002, { standing, answers: { d1: { kind: 'carriedOut', standing } } });
    expect(readRecord(record)).toEqual(record);
    expect(readSettlement({ kind: 'refused', words: ['No.'] })).toEqual({ kind: 'refused', words: ['No.'] });
  });

  it('may have unknown fields', () => {
    expect(readMemo({ [approvalMemoKey]: { ...memo, later: 1 }, other: 1 })).toEqual(memo);
  });

  it('is nothing, rather than an error, when it is not understood', () => {
    expect(readMemo(undefined)).toBeUndefined();
    expect(readMemo({})).toBeUndefined();
    expect(readMemo({ [approvalMemoKey]: { ...memo, state: 'dreaming' } })).toBeUndefined();
    expect(readRecord('gone')).toBeUndefined();
    expect(readSettlement({ kind: 'later' })).toEqual({ kind: 'pending' });
  });
});
