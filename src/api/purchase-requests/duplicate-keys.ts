import type { FieldProblem } from '../problem-error.ts';
import { pointerOf } from '../pointer.ts';

/** Below this, nothing of a purchase request is an object: the schema refuses it anyway. */
const maxDepth = 3;
const maxReported = 100;

/** Where the scan is: in an object with the keys seen so far, or in a list. */
interface Frame {
  /** Absent in a list. */
  readonly keys?: Set<string>;
  /** The member or item that it is at. */
  at: string | number;
  expectsKey: boolean;
}

/**
 * The members that come twice in one object. `JSON.parse` keeps the last one without a word, and which of two prices
 * was meant nobody knows. The text must be JSON.
 */
export function duplicateKeys(json: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const frames: Frame[] = [];
  let depth = 0;
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g)) {
    if (token === '{' || token === '[') {
      depth += 1;
      if (depth > maxDepth + 1) continue;
      frames.push(
        token === '{' ? { keys: new Set(), at: '', expectsKey: true } : { at: 0, expectsKey: false },
      );
      continue;
    }
    if (token === '}' || token === ']') {
      if (depth <= maxDepth + 1) frames.pop();
      depth -= 1;
      continue;
    }
    const frame = depth > maxDepth + 1 ? undefined : frames.at(-1);
    if (frame === undefined) continue;
    if (token === ',') {
      if (typeof frame.at === 'number') frame.at += 1;
      else frame.expectsKey = true;
    } else if (frame.expectsKey && frame.keys !== undefined) {
      frame.at = String(JSON.parse(token));
      frame.expectsKey = false;
      if (frame.keys.has(frame.at) && problems.length < maxReported) {
        const pointer = pointerOf(frames.map(({ at }) => at));
        problems.push({ pointer, detail: 'It is there twice: which one is meant is not known.' });
      }
      frame.keys.add(frame.at);
    }
  }
  return problems;
}
