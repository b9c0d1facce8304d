import { describe, expect, it } from 'vitest';
import { begunText, claimHash, createdText, handOffNotes, standingOf } from './notes.ts';

const first = { id: 1, text: begunText(5001, 'run-a') };

describe('a comment about a hand-over', () => {
  it('says in words what it is about, and carries the mark of the purchase request', () => {
    expect(begunText(5001, 'run-a')).toMatch(
      /^\[cs\] Handed to SAP Concur as a purchase request, ref:coupa-5001, run [0-9a-f]{12}$/,
    );
    expect(createdText(5001, { number: '100417', concurId: 'x' })).toBe(
      '[cs] SAP Concur purchase request 100417, ref:coupa-5001',
    );
    expect(createdText(5001, { concurId: '5b0f6f0a-7c35' })).toBe(
      '[cs] SAP Concur purchase request id 5b0f6f0a-7c35, ref:coupa-5001',
    );
    expect(createdText(5001, {})).toBe('[cs] SAP Concur purchase request, ref:coupa-5001');
  });

  it('mentions nobody in Coupa, whatever Concur calls its number', () => {
    expect(createdText(5001, { number: `1\n@[User:101] ${'9'.repeat(200)}` })).toMatch(
      /^\[cs\] SAP Concur purchase request 1 User:101 9{1,60}, ref:coupa-5001$/,
    );
  });

  it('is known again by its mark, and by nothing that only resembles it', () => {
    const texts = [
      begunText(5001, 'run-a'),
      ` ${createdText(5001, { number: '7' })}\n`,
      begunText(50011, 'run-a'),
      begunText(500, 'run-a'),
      'Look for ref:coupa-5001 in Concur',
      '[cs] approved by somebody',
      '',
    ];
    const notes = handOffNotes(
      5001,
      texts.map((text, index) => ({ id: index + 1, text })),
    );
    expect(notes).toEqual([
      { id: 1, settled: false, claim: claimHash('run-a') },
      { id: 2, settled: true },
    ]);
  });

  it('that names no purchase request settles nothing', () => {
    expect(handOffNotes(5001, [{ id: 3, text: createdText(5001, {}) }])).toEqual([{ id: 3, settled: false }]);
  });
});

describe('what the comments say to a hand-over', () => {
  const standing = (comments: readonly { id: number; text: string }[], claim: string, forgiven?: number) =>
    standingOf(handOffNotes(5001, comments), { claim, forgiven });

  it('is that nobody has begun, where there are none', () => {
    expect(standing([{ id: 1, text: 'Why four?' }], 'run-a')).toEqual({ kind: 'free' });
  });

  it('is that it has begun itself, also after it was created', () => {
    const created = { id: 2, text: createdText(5001, { number: '7' }) };
    expect(standing([first, created], 'run-a')).toEqual({ kind: 'ours' });
  });

  it('is that another one was first', () => {
    expect(standing([first], 'run-b')).toEqual({ kind: 'others', notes: 1, settled: false });
    const created = { id: 2, text: createdText(5001, { number: '7' }) };
    expect(standing([first, created], 'run-b')).toEqual({ kind: 'others', notes: 2, settled: true });
  });

  it('lets exactly one of two go on that wrote at the same time', () => {
    const both = [{ id: 2, text: begunText(5001, 'run-b') }, first];
    expect([standing(both, 'run-a').kind, standing(both, 'run-b').kind]).toEqual(['ours', 'others']);
  });

  it('leaves out what a human has forgiven, and nothing that came after it', () => {
    expect(standing([first], 'run-b', 1)).toEqual({ kind: 'free' });
    const own = { id: 2, text: begunText(5001, 'run-b') };
    expect(standing([first, own], 'run-b', 1)).toEqual({ kind: 'ours' });
    const other = { id: 2, text: begunText(5001, 'run-c') };
    expect(standing([first, other], 'run-b', 1)).toEqual({ kind: 'others', notes: 2, settled: false });
  });
});
