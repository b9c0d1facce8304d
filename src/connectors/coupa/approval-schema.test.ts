import { describe, expect, it } from 'vitest';
import { approvalSchema } from './approval-schema.ts';

const ROW = { id: 7, status: 'pending_approval', 'approvable-type': 'RequisitionHeader', 'approvable-id': 5 };
const ADA = { id: 201, login: 'ada', email: 'ada@example.test', fullname: 'Ada Prover' };
const GROUP = {
  id: 31,
  name: 'Committee',
  active: true,
  users: [ADA, { id: 202, login: 'bo', active: false }],
};

describe('approvalSchema', () => {
  it('takes a row with nothing but its identity', () => {
    expect(approvalSchema.parse({ ...ROW, id: '7' })).toEqual({
      id: 7,
      status: 'pending_approval',
      approvableType: 'RequisitionHeader',
      approvableId: 5,
      approver: { kind: 'unknown' },
      delegates: [],
      approvalDate: null,
      note: null,
      updatedAt: null,
    });
  });

  it.each([
    ['its type', { 'approver-type': 'User', approver: { id: 201, firstname: 'Ada' } }, 'user'],
    ['login or address where the type is absent', { approver: ADA }, 'user'],
    ['name and users where the type is absent', { approver: GROUP }, 'group'],
    [
      'name and users where the type is not User',
      { 'approver-type': 'ApprovalGroup', approver: GROUP },
      'group',
    ],
    [
      'login or address where the type is one we do not know',
      { 'approver-type': 'Robot', approver: ADA },
      'user',
    ],
    ['nothing it knows', { 'approver-type': 'Robot', approver: { id: 1 } }, 'unknown'],
    ['nothing when null', { 'approver-type': 'User', approver: null }, 'unknown'],
    ['nothing when the id is missing', { approver: { email: 'a@example.test' } }, 'unknown'],
  ])('tells the kind of approver by %s', (_by, keys, kind) => {
    expect(approvalSchema.parse({ ...ROW, ...keys }).approver.kind).toBe(kind);
  });

  it('lists the members of a group', () => {
    expect(approvalSchema.parse({ ...ROW, approver: GROUP }).approver).toMatchObject({
      id: 31,
      members: [{ fullname: 'Ada Prover' }, { fullname: 'bo', active: false }],
    });
  });

  it('tells a group without members from one whose members the row does not name', () => {
    const read = (users: unknown) =>
      approvalSchema.parse({ ...ROW, approver: { id: 31, name: 'Committee', users } }).approver;
    expect(read([])).toMatchObject({ kind: 'group', members: [] });
    expect(read(null)).not.toHaveProperty('members');
    expect(read(undefined)).not.toHaveProperty('members');
  });

  it('reads the delegates that the row names, and passes over what is no person', () => {
    const delegates = [ADA, null, { login: 'no id' }, 'bo', { id: 202, login: 'bo', active: false }];
    expect(approvalSchema.parse({ ...ROW, delegates }).delegates).toMatchObject([
      { id: 201, fullname: 'Ada Prover' },
      { id: 202, active: false },
    ]);
  });

  it.each([
    ['a group with members', GROUP],
    ['a group by its name', { id: 31, name: 'Committee', active: true }],
    ['what may be a group, for all that is said of it', { id: 31 }],
  ])('takes no person’s id from %s among the delegates (P6)', (_, delegate) => {
    expect(approvalSchema.parse({ ...ROW, approver: ADA, delegates: [delegate] }).delegates).toEqual([]);
  });

  it.each([
    ['group', { approver: { ...GROUP, email: 'committee@example.test' } }],
    ['unknown', { approver: ADA, 'approver-type': 'ApprovalGroup' }],
  ])('takes no group for the person with its number: %s', (kind, keys) => {
    expect(approvalSchema.parse({ ...ROW, ...keys }).approver.kind).toBe(kind);
  });

  it.each([
    ['no list', { delegates: { id: 201 } }],
    ['null', { delegates: null }],
    ['in the keys of one delegate only', { delegate: ADA, 'delegate-id': 201 }],
  ])('names no delegates when they are %s', (_, keys) => {
    expect(approvalSchema.parse({ ...ROW, ...keys }).delegates).toEqual([]);
  });

  it.each([
    [{ fullname: 'Ada P', firstname: 'x', login: 'y' }, 'Ada P'],
    [{ fullname: null, firstname: 'Ada', lastname: 'Prover', login: 'y' }, 'Ada Prover'],
    [{ fullname: ' ', lastname: 'Prover' }, 'Prover'],
    [{ login: 'ada' }, 'ada'],
    [{ email: 'ada@example.test' }, 'ada@example.test'],
    [{}, 'user 201'],
  ])('names a person %j as %s', (keys, fullname) => {
    const approver = { id: 201, ...keys };
    expect(approvalSchema.parse({ ...ROW, 'approver-type': 'User', approver }).approver).toMatchObject({
      person: { fullname },
    });
  });
});
