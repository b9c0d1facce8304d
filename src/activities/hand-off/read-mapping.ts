import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { HandOffMapping } from './mapping.ts';
import { mappingSchema } from './mapping-schema.ts';

/** What is wrong with a mapping file: everything at once, each with its place. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  readonly problems: readonly string[];

  constructor(path: string, problems: readonly string[]) {
    super(`The mapping file ${path} cannot be used:\n${problems.map((each) => `  ${each}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads and checks the mapping file (`CONCUR_MAPPING_FILE`). Throws one MappingError that lists every problem with its
 * place: a typing error must come out when the service starts, not on the day somebody orders from that supplier.
 */
export function readMapping(path: string): HandOffMapping {
  const parsed = mappingSchema.safeParse(jsonOf(path));
  if (parsed.success) return parsed.data;
  throw new MappingError(path, parsed.error.issues.flatMap(wordsOf));
}

function jsonOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { data } = z.object({ code: z.string() }).safeParse(error);
    const why =
      data?.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${data?.code ?? 'error'})`;
    throw new MappingError(path, [`${why}; CONCUR_MAPPING_FILE names it`]);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new MappingError(path, [`it is not JSON${placeOf(error, text)}`]);
  }
}

/** Where parsing stopped, as an editor counts. */
function placeOf(error: unknown, text: string): string {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return `: line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function wordsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${placeIn([...issue.path, key])}: is not known here`);
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.startsWith('Invalid')) {
    return [
      `${placeIn(issue.path)}: should be ${issue.expected === 'record' ? 'an object' : `a ${issue.expected}`}`,
    ];
  }
  return [`${placeIn(issue.path)}: ${issue.message}`];
}

/** `suppliers."Acme Ltd".vendorCode` */
function placeIn(path: readonly PropertyKey[]): string {
  const parts = path.map(String).map((part) => (/^[A-Za-z]\w*$/.test(part) ? part : JSON.stringify(part)));
  return parts.join('.') || '(the whole)';
}
