import { describe, expect, it } from 'vitest';
import { approvalMemoKey } from '../../contract/approval.ts';
import { recordOf, rowOf, standing } from '../test-engine.ts';
import { readMemo, readNotificationResult, readRecord, readSettlement } from './stored.ts';

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

  it('is read as it was written of a notification, and not at all when it is not understood', () => {
    const result = {
      deliveries: [
        { userId: 201, recipients: 1, outcome: { kind: 'sent' } },
        { recipients: 2, outcome: { kind: 'refused', words: ['No.'] } },
        { recipients: 1, outcome: { kind: 'failed', problem: { type: 'TerminalError', message: 'm' } } },
      ],
    };
    expect(readNotificationResult(result)).toEqual(result);
    expect(readNotificationResult({ deliveries: [{ recipients: 1 }] })).toBeUndefined();
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
