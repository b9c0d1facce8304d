import type { RequestProblem } from '../../contract/purchase-request.ts';
import { plain } from './plain.ts';

/** Problems for people, one line each: where, what, and Concur's own code and path for its support. */
export function problemLines(problems: readonly RequestProblem[]): string[] {
  return problems.map(({ line, field, code, message, path }) => {
    const where = [line === undefined ? undefined : `line ${line}`, field].filter(
      (part) => part !== undefined,
    );
    const source = [code, path].filter((part) => part !== undefined);
    const text = plain(message);
    return plain(
      `${where.length === 0 ? '' : `${where.join(', ')}: `}${text === '' ? 'no message' : text} (${source.join(' at ')})`,
    );
  });
}

/** A heading, and its lines below. */
export function listed(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
}
