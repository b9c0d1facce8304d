import { describe, expect, it } from 'vitest';
import { findActor } from './actor.ts';

const ada = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };
const bo = { id: 202, name: 'Bo Ss', address: 'bo.ss@example.test' };

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
