import { describe, expect, it } from 'vitest';
import { entitledTo, findActor } from './entitled.ts';
import { approvalRow, requisition } from './fixtures/samples.ts';

const strict = { allowSelfApproval: false };
const pending = requisition('requisition-pending');
const ada = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };
const bo = { id: 202, name: 'Bo Ss', address: 'bo.ss@example.test' };

describe('entitledTo', () => {
  it('names the row’s approver', () => {
    expect(entitledTo(approvalRow(70002).approver, pending, strict)).toEqual({ approvers: [ada] });
  });

  it.each([
    ['requester', { ...pending, requestedBy: { id: 201, fullname: 'Ada Prover' } }],
    ['creator', { ...pending, createdBy: { id: 201, fullname: 'Ada Prover' } }],
  ])('lets nobody approve as the %s of the requisition, unless policy allows it (P6)', (_, own) => {
    const { approver } = approvalRow(70002);
    expect(entitledTo(approver, own, strict)).toEqual({
      approvers: [],
      unreachable: 'approver is the requester or creator',
    });
    expect(entitledTo(approver, own, { allowSelfApproval: true })).toEqual({ approvers: [ada] });
  });

  it('entitles nobody where requester and creator are unknown: who approves must be seen to be another', () => {
    const { requestedBy, createdBy, ...nobody } = pending;
    expect([requestedBy?.id, createdBy?.id]).toEqual([101, 101]);
    const { approver } = approvalRow(70002);
    expect(entitledTo(approver, nobody, strict)).toEqual({
      approvers: [],
      unreachable: 'requester and creator are unknown',
    });
    expect(entitledTo(approver, nobody, { allowSelfApproval: true })).toEqual({ approvers: [ada] });
  });

  it('entitles nobody whose account is inactive', () => {
    const left = { kind: 'user', person: { id: 201, fullname: 'Ada Prover' }, active: false } as const;
    expect(entitledTo(left, pending, strict)).toEqual({
      approvers: [],
      unreachable: 'approver is inactive',
    });
  });

  it('entitles nobody on a group’s row, and says so (P7)', () => {
    expect(entitledTo(approvalRow(70003).approver, pending, strict)).toEqual({
      approvers: [],
      unreachable: 'nobody of the group may decide it',
    });
  });

  it('entitles nobody where the approver cannot be read, and says so (P7)', () => {
    expect(entitledTo({ kind: 'unknown' }, pending, { allowSelfApproval: true })).toEqual({
      approvers: [],
      unreachable: 'approver is of an unknown kind',
    });
  });

  it('keeps an approver without an address entitled, though nobody can be asked', () => {
    const approver = { kind: 'user', person: { id: 201, fullname: 'Ada Prover' } } as const;
    expect(entitledTo(approver, pending, strict)).toEqual({
      approvers: [{ id: 201, name: 'Ada Prover' }],
      unreachable: 'approver has no address',
    });
  });
});

describe('findActor (P6)', () => {
  const approvers = [ada, bo];

  it.each([
    ['an id', { userId: 202 }],
    ['an address', { address: 'bo.ss@example.test' }],
    ['an address in another case, with blanks around it', { address: '  Bo.SS@Example.test ' }],
    ['an id and the address of the same person', { userId: 202, address: 'BO.SS@example.test' }],
  ])('finds the approver by %s', (_, actor) => {
    expect(findActor(approvers, actor)).toEqual(bo);
  });

  it.each([
    ['nothing at all', {}],
    ['a stranger’s id', { userId: 203 }],
    ['a stranger’s address', { address: 'cy.nod@example.test' }],
    ['an empty address', { address: '' }],
    ['the id of one approver with the address of another', { userId: 201, address: 'bo.ss@example.test' }],
    ['an approver’s id with a stranger’s address', { userId: 201, address: 'cy.nod@example.test' }],
    ['a stranger’s id with an approver’s address', { userId: 203, address: 'bo.ss@example.test' }],
  ])('finds nobody by %s', (_, actor) => {
    expect(findActor(approvers, actor)).toBeUndefined();
  });

  it('does not take an address for one whose address Coupa does not tell', () => {
    const silent = { id: 201, name: 'Ada Prover' };
    expect(findActor([silent], { userId: 201 })).toEqual(silent);
    expect(findActor([silent], { address: '' })).toBeUndefined();
    expect(findActor([silent], { userId: 201, address: 'ada.prover@example.test' })).toBeUndefined();
  });
});
