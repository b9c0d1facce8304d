import { describe, expect, it } from 'vitest';
import type { CoupaApproval } from '../../connectors/coupa/types.ts';
import { createApiUser, isNotelessWrite } from './api-user.ts';
import { approvalRow } from './fixtures/samples.ts';

const api = { id: 900, login: 'chat-approvals-api' };

describe('the API user', () => {
  it('is the one with the configured login, whatever the case', () => {
    const user = createApiUser('Chat-Approvals-API');
    expect(user.is(api)).toBe(true);
    expect(user.is({ id: 900, login: 'ada.prover' })).toBe(false);
  });

  it('is unknown until it is learned, and then known by its id', () => {
    const user = createApiUser();
    expect([user.is(api), user.is(undefined)]).toEqual([false, false]);
    user.learn(undefined);
    expect(user.is(api)).toBe(false);
    user.learn(api);
    expect([user.is({ id: 900 }), user.is({ id: 201 })]).toEqual([true, false]);
  });

  it('is not learned against the configured login', () => {
    const user = createApiUser('chat-approvals-api');
    user.learn({ id: 201, login: 'ada.prover' });
    expect(user.is({ id: 201, login: 'ada.prover' })).toBe(false);
  });
});

describe('a write of ours that came back without its note (P5)', () => {
  const decision = { action: 'approve', receivedAt: '2026-03-02T16:20:00.900Z' } as const;
  const ours: CoupaApproval = {
    ...approvalRow(70002),
    status: 'approved',
    approvedBy: api,
    approvalDate: '2026-03-02T08:20:00-08:00',
    note: null,
  };
  const isOurs = (changed: Partial<CoupaApproval>, login?: string) =>
    isNotelessWrite({ ...ours, ...changed }, decision, createApiUser(login));

  it('is told by status, API user and a date that is not before the press, by whole seconds', () => {
    expect(isOurs({}, 'chat-approvals-api')).toBe(true);
  });

  it.each<[string, Partial<CoupaApproval>]>([
    ['another status', { status: 'rejected' }],
    ['another user', { approvedBy: { id: 201, login: 'ada.prover' } }],
    ['an earlier date', { approvalDate: '2026-03-02T08:19:59-08:00' }],
    ['no date', { approvalDate: null }],
    ['a date without a zone', { approvalDate: '2036-03-02T08:20:00' }],
    ['an unreadable date', { approvalDate: 'soon Z' }],
    ['a note of somebody else', { note: 'approved by batch' }],
  ])('is not seen in a row with %s', (_, changed) => {
    expect(isOurs(changed, 'chat-approvals-api')).toBe(false);
  });

  it('is not seen while the API user is unknown', () => {
    expect(isOurs({})).toBe(false);
  });

  it('is not seen in a row without a decider', () => {
    const { approvedBy, ...nobody } = ours;
    expect(approvedBy).toEqual(api);
    expect(isNotelessWrite(nobody, decision, createApiUser('chat-approvals-api'))).toBe(false);
  });
});
