import { describe, expect, it } from 'vitest';
import { approvalMemoKey } from './approval.ts';
import { pollScheduleId, pollWorkflowId, workflowTypes } from './ids.ts';
import { decideSignal, lookUpSignal, recheckSignal, recordQuery, settledUpdate } from './messages.ts';
import { searchAttributeKeys } from './search-attributes.ts';
import { taskQueues } from './task-queues.ts';

/** Approvals that were started by an earlier release are reached by these names for months. */
describe('names that running workflows depend on', () => {
  it('stay as they are for signals, query and update', () => {
    const names = [decideSignal, recheckSignal, lookUpSignal, settledUpdate, recordQuery].map(
      ({ name }) => name,
    );
    expect(names).toEqual(['decide', 'recheck', 'lookUp', 'settled', 'record']);
  });

  it('stay as they are for workflow types, the schedule and the memo', () => {
    expect(workflowTypes).toEqual({
      approval: 'approval',
      after: 'after',
      poll: 'poll',
      notification: 'notification',
      purchaseRequest: 'purchaseRequest',
    });
    expect([pollScheduleId, pollWorkflowId, approvalMemoKey]).toEqual(['poll-coupa', 'poll', 'approval']);
  });

  it('stay as they are for task queues, one for each kind of work (P11)', () => {
    expect(Object.values(taskQueues)).toEqual(
      expect.arrayContaining(['countersign', 'coupa-decide', 'coupa-read', 'coupa-poll', 'moveworks']),
    );
    expect(new Set(Object.values(taskQueues)).size).toBe(Object.keys(taskQueues).length);
  });

  it('stay as they are, with their types, for search attributes', () => {
    const known = Object.fromEntries(searchAttributeKeys.map(({ name, type }) => [name, type]));
    expect(known).toMatchObject({
      ApprovalId: 'INT',
      ApprovalState: 'KEYWORD',
      RequisitionId: 'INT',
      Requester: 'KEYWORD',
      Approvers: 'KEYWORD_LIST',
      Amount: 'DOUBLE',
      Currency: 'KEYWORD',
      PurchaseRequestState: 'KEYWORD',
      ConcurId: 'KEYWORD',
    });
    expect(Object.keys(known)).toHaveLength(searchAttributeKeys.length);
  });
});
