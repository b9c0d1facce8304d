import { describe, expect, it } from 'vitest';
import { barredFrom, candidatesOf, isBarred } from './candidates.ts';

const ada = { id: 201, fullname: 'Ada Prover', email: 'ada.prover@example.test' };
const bo = { id: 202, fullname: 'Bo Ss' };
const cy = { id: 203, fullname: 'Cy Nod' };
const user = { kind: 'user', person: ada } as const;
const group = { kind: 'group', id: 31, name: 'Committee' } as const;

describe('candidatesOf', () => {
  it('names each person once, by the first right that they have', () => {
    const beside = { delegates: [ada, cy, bo] };
    expect(candidatesOf({ approver: user, delegates: [cy] }, beside)).toEqual([
      { user: ada },
      { user: bo, as: { kind: 'delegate', of: 'Ada Prover' } },
      { user: cy, as: { kind: 'delegate', of: 'Ada Prover' } },
    ]);
    expect(candidatesOf({ approver: { ...group, members: [cy] }, delegates: [cy, bo] })).toEqual([
      { user: bo, as: { kind: 'delegate', of: 'Committee' } },
      { user: cy, as: { kind: 'member', of: 'Committee' } },
    ]);
  });

  it('takes the members that the row names, and those known beside it only where it names none', () => {
    const ids = (members?: (typeof bo)[]) =>
      candidatesOf(
        { approver: { ...group, ...(members && { members }) }, delegates: [] },
        { members: [cy] },
      ).map((candidate) => candidate.user.id);
    expect(ids([bo])).toEqual([202]);
    expect(ids([])).toEqual([]);
    expect(ids()).toEqual([203]);
  });

  it.each([
    ['inactive', { ...user, active: false }],
    ['an inactive group', { ...group, members: [bo], active: false }],
    ['of an unknown kind', { kind: 'unknown' } as const],
  ])('gives nobody a right from an approver that is %s', (_, approver) => {
    expect(candidatesOf({ approver, delegates: [cy] }, { delegates: [bo], members: [bo] })).toEqual([]);
  });
});

describe('barredFrom', () => {
  const strict = { allowSelfApproval: false };

  it('bars requester and creator', () => {
    expect(barredFrom({ requestedBy: bo, createdBy: cy }, strict)?.ids).toEqual([202, 203]);
    expect(barredFrom({ createdBy: cy }, strict)?.ids).toEqual([203]);
  });

  it('bars another account with the address of one of them', () => {
    const barred = barredFrom({ requestedBy: ada, createdBy: cy }, strict);
    const other = (address?: string) =>
      isBarred(barred ?? { ids: [], addresses: [] }, {
        id: 1,
        name: 'X',
        ...(address !== undefined && { address }),
      });
    expect(other(' Ada.Prover@example.test')).toBe(true);
    expect(other('bo.ss@example.test')).toBe(false);
    expect(other()).toBe(false);
  });

  it('does not know whom to bar where Coupa names neither, and bars nobody by policy (P6)', () => {
    expect(barredFrom({}, strict)).toBeUndefined();
    const lenient = barredFrom({ requestedBy: ada }, { allowSelfApproval: true });
    expect(lenient).toEqual({ ids: [], addresses: [] });
  });
});
