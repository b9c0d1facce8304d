import { describe, expect, it } from 'vitest';
import { brokenPromises, unsettled } from './checks.ts';
import type { Press, RequisitionEvidence, SentCard } from './evidence.ts';
import type { WireEntry } from '../support/coupa-tap.ts';

/** A true record, as it stands when one approver approved from the card: each test takes one thing from it or adds one. */
const approvalId = 70_001;
const waiting = {
  id: approvalId,
  status: 'pending_approval',
  'approver-type': 'User',
  approver: { id: 201 },
};
const document = {
  id: 5001,
  status: 'pending_approval',
  total: '1000.00',
  approvals: [waiting],
  'current-approval': { id: approvalId },
};
const base = { method: 'GET', reason: null, status: 200 };
const rowRead = { ...base, path: `/api/approvals/${approvalId}`, body: waiting };
const documentRead = { ...base, path: '/api/requisitions/5001', body: document };
const at = (arrived: number) => ({
  arrived,
  atMs: arrived * 10,
  answered: arrived + 1,
  answeredAtMs: arrived * 10 + 5,
});
const write: WireEntry = {
  ...base,
  ...at(9),
  method: 'PUT',
  path: `/api/approvals/${approvalId}/approve`,
  reason: '[cs 0123456789ab] Ada Prover ada.prover@example.test: press-1',
};
const card: SentCard = {
  approvalId,
  userId: 201,
  reference: `${approvalId}.201.c0.mac`,
  recipients: ['user-201'],
  version: 0,
  atMs: 40,
};
const press: Press = {
  mark: 'press-1',
  approvalId,
  action: 'approve',
  userId: 201,
  kind: 'card',
  version: 0,
  startedAtMs: 50,
  status: 200,
  body: { status: 'approved', decision: { action: 'approve', by: 201 } },
};
const reads: readonly WireEntry[] = [
  { ...rowRead, ...at(1) },
  { ...rowRead, ...at(5) },
];
const healthy: RequisitionEvidence = {
  id: 5001,
  directory: { own: [101], groups: new Map(), delegations: new Map() },
  requesterId: 101,
  final: {
    ...document,
    status: 'approved',
    'current-approval': null,
    approvals: [{ ...waiting, status: 'approved' }],
  },
  approvalIds: [approvalId],
  wire: {
    requisition: [
      { ...documentRead, ...at(3) },
      { ...documentRead, ...at(7) },
    ],
    approvals: [...reads, write],
  },
  presses: [press],
  cards: [card],
  notices: [{ requisitionId: 5001, recipients: ['user-101'] }],
  shown: new Map([[approvalId, { state: 'closed', outcome: 'approved', cards: [] }]]),
  open: new Map(),
  asksAgain: 0,
  restarts: 0,
};
const stillWaiting: RequisitionEvidence = {
  ...healthy,
  final: document,
  wire: { ...healthy.wire, approvals: reads },
  presses: [],
  shown: new Map([[approvalId, { state: 'asked', cards: [{ userId: 201, live: true, sent: true }] }]]),
};

const addressOf = (userId: number) => `user-${userId}`;
const found = (evidence: RequisitionEvidence) =>
  [...unsettled(evidence), ...brokenPromises(evidence, addressOf)].join('\n');
const withWrites = (...approvals: WireEntry[]): RequisitionEvidence => ({
  ...healthy,
  wire: { ...healthy.wire, approvals },
});
const withPress = (changed: Partial<Press>): RequisitionEvidence => ({
  ...healthy,
  presses: [{ ...press, ...changed }],
});

describe('the checks of the interleavings', () => {
  it('find nothing in a true record', () => {
    expect(found(healthy)).toBe('');
    expect(found(stillWaiting)).toBe('');
  });

  it('let a decision wait for a human when its write got no answer and the requisition was deleted', () => {
    const deciding = new Map([[approvalId, { state: 'deciding', cards: [] }]]);
    const gone = { ...healthy, final: undefined, shown: deciding, presses: [{ ...press, status: 202 }] };
    const lost = {
      ...gone,
      wire: { ...gone.wire, approvals: [...reads, { ...write, lost: true as const }] },
    };
    expect(unsettled(lost)).toEqual([]);
    expect(unsettled(gone)).toEqual(['70001 is gone in Coupa and still deciding']);
    expect(unsettled({ ...lost, shown: stillWaiting.shown })).toEqual([
      '70001 is gone in Coupa and still asked',
    ]);
  });

  it.each<[what: string, RequisitionEvidence, says: string]>([
    [
      'a doubled write (P2)',
      withWrites(...reads, write, { ...write, ...at(11) }),
      `P2: 2 decisions were carried out on ${approvalId}`,
    ],
    [
      'a write repeated without a read (P5)',
      withWrites(...reads, { ...write, status: 400 }, { ...write, ...at(11) }),
      'was repeated without a read between',
    ],
    ['a write that nobody pressed for (P6)', { ...healthy, presses: [] }, 'nobody pressed'],
    [
      'a decision by a stranger (P6)',
      withPress({
        userId: 204,
        kind: 'bare',
        body: { status: 'approved', decision: { action: 'approve', by: 204 } },
      }),
      `P6: user 204 decided ${approvalId}`,
    ],
    ['a forged press that was taken (P6)', withPress({ kind: 'forged' }), 'a forged press wrote'],
    [
      'a decision by the requester (P6)',
      { ...healthy, directory: { ...healthy.directory, own: [201] } },
      `P6: user 201 decided ${approvalId}`,
    ],
    ['a write on other facts (P4)', withPress({ version: 1 }), 'although its facts were others'],
    [
      'a write without a read of the requisition (P4)',
      { ...healthy, wire: { ...healthy.wire, requisition: [] } },
      'without a read that it is its turn',
    ],
    [
      'a bare id taken after cards on different facts (P4)',
      { ...withPress({ kind: 'bare' }), cards: [card, { ...card, version: 1, atMs: 45 }] },
      'its cards showed different facts',
    ],
    ['a false yes (P3)', withWrites(...reads), 'Coupa holds no such decision'],
    [
      'a refusal of what was carried out (P2)',
      withPress({ status: 409, body: {} }),
      'and yet was carried out',
    ],
    [
      'another decision than the standing one told (P2)',
      withPress({ mark: 'press-2', status: 409, body: { decision: { action: 'reject', by: 201 } } }),
      'with a decision that does not stand',
    ],
    ['an answer that is none', withPress({ mark: 'press-2', status: 500, body: {} }), 'which is no answer'],
    [
      'a card to the requester (P6)',
      {
        ...stillWaiting,
        cards: [card, { ...card, userId: 101, recipients: ['user-101'], reference: 'other' }],
      },
      'was put to its own requester',
    ],
    [
      'a card to somebody who may not decide (P6)',
      {
        ...stillWaiting,
        cards: [card, { ...card, userId: 204, recipients: ['user-204'], reference: 'other' }],
      },
      'who may not decide it',
    ],
    [
      'a card in the wrong inbox (P6)',
      { ...stillWaiting, cards: [{ ...card, recipients: ['user-204'] }] },
      'went to somebody else',
    ],
    [
      'a notice to somebody who is not concerned (P6)',
      { ...healthy, notices: [{ requisitionId: 5001, recipients: ['user-205'] }] },
      'user-205 was told of requisition 5001',
    ],
    ['a card sent twice (P7)', { ...stillWaiting, cards: [card, card] }, 'was sent 2 times'],
    [
      'a lost approval (P10)',
      { ...stillWaiting, shown: new Map(), cards: [] },
      `P10: ${approvalId} waits in Coupa and is not known`,
    ],
    ['an approval whose card never came (P7)', { ...stillWaiting, cards: [] }, 'has no card'],
    [
      'an approval that is asked although nobody may decide it (P7)',
      { ...stillWaiting, directory: { ...stillWaiting.directory, own: [201] } },
      'has nobody to ask and is asked',
    ],
    [
      'a workflow left open after the end in Coupa',
      { ...healthy, shown: stillWaiting.shown },
      'is approved in Coupa and still asked',
    ],
    [
      'two open workflows of one approval (P1)',
      { ...stillWaiting, open: new Map([[approvalId, ['approval-70001', 'approval-70001-again']]]) },
      'P1: 70001 has 2 open workflows',
    ],
  ])('find %s', (_, doctored, says) => {
    expect(found(doctored)).toContain(says);
  });
});
