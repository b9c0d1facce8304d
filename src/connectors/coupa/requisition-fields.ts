import { USER_FIELDS } from './person-schema.ts';

const PERSON = ['id', 'login', 'email', 'fullname', 'firstname', 'lastname'];

/** A user has the names and address, an approval group its name and users: the union serves both. */
const APPROVER = [...USER_FIELDS, 'name', { users: USER_FIELDS }];

const APPROVAL = [
  'id',
  'status',
  'approvable-type',
  'approvable-id',
  'approver-type',
  'approval-date',
  'note',
  'position',
  'type',
  'updated-at',
  { approver: APPROVER },
  { 'approved-by': ['id', 'login'] },
];

/** Whose turn it is: the approvals, and the user or group of each. */
const CURRENT = [
  { 'current-approval': ['id', { approver: ['id'] }] },
  { 'current-parallel-approvals': ['id', { approver: ['id'] }] },
];

/** What is bought. */
const LINE_FACTS = [
  'id',
  'description',
  'quantity',
  'unit-price',
  'total',
  { supplier: ['name', 'display-name'] },
];

const LINE = [...LINE_FACTS, 'line-num', { account: ['name', 'code'] }];

/** The `fields` parameter where requisitions are only compared: what a decision rests on, and whose turn it is. */
export const REQUISITION_STATE_FIELDS = JSON.stringify([
  'id',
  'status',
  'total',
  { currency: ['code'] },
  { 'requisition-lines': LINE_FACTS },
  ...CURRENT,
]);

/**
 * The `fields` parameter for a requisition: what a card shows and a decision rests on. Without it Coupa expands every
 * nested user, account and content group (some 41 KB for one line).
 */
export const REQUISITION_FIELDS = JSON.stringify([
  'id',
  'status',
  'req-title',
  'justification',
  'submitted-at',
  'need-by-date',
  'total',
  { currency: ['code'] },
  { 'requested-by': PERSON },
  { 'created-by': PERSON },
  { department: ['name'] },
  { 'requisition-lines': LINE },
  { approvals: APPROVAL },
  ...CURRENT,
]);
