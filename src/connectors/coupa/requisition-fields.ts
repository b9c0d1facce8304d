const PERSON = ['id', 'login', 'email', 'fullname', 'firstname', 'lastname'];
const MEMBER = [...PERSON, 'active'];

/** A user has the names and address, an approval group its name and users: the union serves both. */
const APPROVER = [...MEMBER, 'name', { users: MEMBER }];

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

const LINE = [
  'id',
  'line-num',
  'description',
  'quantity',
  'unit-price',
  'total',
  { supplier: ['name', 'display-name'] },
];

/** What a decision rests on, and whose turn it is. */
const STATE = [
  'id',
  'status',
  'total',
  { currency: ['code'] },
  { 'requisition-lines': LINE },
  { 'current-approval': ['id'] },
  { 'current-parallel-approvals': ['id'] },
];

/** The `fields` parameter where many requisitions are only compared with what is known of them. */
export const REQUISITION_STATE_FIELDS = JSON.stringify(STATE);

/**
 * The `fields` parameter for a requisition: what a card shows and a decision rests on. Without it Coupa expands every
 * nested user, account and content group (some 41 KB for one line).
 */
export const REQUISITION_FIELDS = JSON.stringify([
  ...STATE,
  'req-title',
  'justification',
  'submitted-at',
  'need-by-date',
  { 'requested-by': PERSON },
  { 'created-by': PERSON },
  { department: ['name'] },
  { approvals: APPROVAL },
]);
