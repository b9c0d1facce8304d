import { expect, it } from 'vitest';
import { allInForce, byDelegator, inForce } from './delegations.ts';

const at = new Date('2026-03-05T12:00:00Z');
const delegation = {
  delegatorId: 201,
  delegate: { id: 202, fullname: 'Bo Ss' },
  startsAt: '2026-03-01T00:00:00-08:00',
  endsAt: '2026-03-10T00:00:00-07:00',
  approvals: true,
};
const of = (...all: (typeof delegation)[]) => inForce(byDelegator(all).get(201), at).map(({ id }) => id);

it('is in force from its start, up to its end', () => {
  expect(of(delegation)).toEqual([202]);
  expect(of({ ...delegation, startsAt: '2026-03-05T12:00:00Z' })).toEqual([202]);
  expect(of({ ...delegation, startsAt: '2026-03-05T12:00:01Z' })).toEqual([]);
  expect(of({ ...delegation, endsAt: '2026-03-05T12:00:00Z' })).toEqual([]);
});

it('reads times with their own offset, not as those of this machine', () => {
  expect(of({ ...delegation, endsAt: '2026-03-05T04:00:01-08:00' })).toEqual([202]);
  expect(of({ ...delegation, endsAt: '2026-03-05T03:59:59-08:00' })).toEqual([]);
});

it('names each of several delegates once, and nobody as their own', () => {
  const other = { ...delegation, delegate: { id: 203, fullname: 'Cy Nod' } };
  const own = { ...delegation, delegate: { id: 201, fullname: 'Ada Prover' } };
  expect(of(delegation, other, delegation, own)).toEqual([202, 203]);
});

it('is told for all at once by ids, without those whose delegations have ended', () => {
  const ended = { ...delegation, delegatorId: 301, endsAt: '2026-03-04T00:00:00Z' };
  const other = { ...delegation, delegatorId: 205, delegate: { id: 203, fullname: 'Cy Nod' } };
  const all = allInForce(byDelegator([delegation, ended, other]), at);
  expect([...all]).toEqual([
    [201, [202]],
    [205, [203]],
  ]);
});
