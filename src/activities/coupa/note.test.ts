import { describe, expect, it } from 'vitest';
import { fitReason } from '../../connectors/coupa/reason.ts';
import type { Decision } from '../../contract/decision.ts';
import { carriesAnyMarker, carriesMarker, carriesWholeMarker, markerOf, noteOf } from './note.ts';

const decision: Decision = {
  decisionId: '0b1d2c3e-4f56-4789-8abc-def012345678',
  action: 'approve',
  actor: { userId: 201 },
  receivedAt: '2026-03-02T16:20:00.000Z',
  via: 'card',
  caller: 'chat',
};
const ada = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };

describe('the note that Coupa keeps', () => {
  it('begins with the marker and names the human, because Coupa records the API’s user', () => {
    expect(noteOf(decision, ada)).toBe('[cs 0b1d2c3e4f56] Ada Prover ada.prover@example.test');
    expect(noteOf({ ...decision, reason: 'looks good' }, ada)).toBe(
      '[cs 0b1d2c3e4f56] Ada Prover ada.prover@example.test: looks good',
    );
  });

  it('says for whom somebody decides whose right is not their own', () => {
    const bo = { id: 202, name: 'Bo Ss', as: { kind: 'delegate', of: 'Ada Prover' } } as const;
    expect(noteOf({ ...decision, reason: 'fine' }, bo)).toBe('[cs 0b1d2c3e4f56] Bo Ss for Ada Prover: fine');
    expect(noteOf(decision, bo)).toBe('[cs 0b1d2c3e4f56] Bo Ss for Ada Prover');
  });

  it('keeps its marker whatever the names and the reason are made of', () => {
    const odd = { id: 202, name: '\u0301\uD800\n', as: { kind: 'member', of: '長'.repeat(900) } } as const;
    const note = fitReason(noteOf({ ...decision, reason: '\uDC00\u0000'.repeat(900) }, odd));
    expect(carriesMarker(note, decision.decisionId)).toBe(true);
    expect(encodeURIComponent(note).length).toBeLessThan(2_000);
    expect(note).not.toMatch(/\p{Cc}/u);
  });

  it.each([
    ['[cs 0b1d2c3e4f56] Ada', true],
    [' [cs 0b1d2c3e4f56]', true],
    ['[cs looks like one, but is not', false],
    ['[cs ] nobody', false],
    [null, false],
  ])('shows a whole marker in %j: %j', (note, whole) => {
    expect(carriesWholeMarker(note)).toBe(whole);
  });

  it('does without an address and with an empty reason', () => {
    expect(noteOf({ ...decision, reason: '' }, { id: 201, name: 'Ada Prover' })).toBe(
      '[cs 0b1d2c3e4f56] Ada Prover',
    );
  });

  it('is recognised as its own decision’s, and as no other’s (P5)', () => {
    const note = noteOf({ ...decision, reason: 'yes' }, ada);
    expect(carriesMarker(note, decision.decisionId)).toBe(true);
    expect(carriesMarker(note, '1b1d2c3e-4f56-4789-8abc-def012345678')).toBe(false);
    expect(carriesAnyMarker(note)).toBe(true);
  });

  it('is recognised after a reason so long that the connector shortened it', () => {
    const note = fitReason(noteOf({ ...decision, reason: '長'.repeat(2_000) }, ada));
    expect(note.length).toBeLessThan(2_000);
    expect(carriesMarker(note, decision.decisionId)).toBe(true);
  });

  it('is recognised behind blanks that Coupa might put before it', () => {
    expect(carriesMarker(` \n${markerOf(decision.decisionId)}`, decision.decisionId)).toBe(true);
  });

  it.each([
    ['no note', null],
    ['an empty note', ''],
    ['a note of Coupa’s own pages', 'Approved by Ada'],
    ['a marker that somebody quotes later in the text', 'see [cs 0b1d2c3e4f56] above'],
  ])('is not seen in %s', (_, note) => {
    expect(carriesMarker(note, decision.decisionId)).toBe(false);
    expect(carriesAnyMarker(note)).toBe(false);
  });
});
