import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { CommandError } from '../configuration.ts';
import { placeOfMistake } from './json-place.ts';
import { plain } from './plain.ts';

/** As much as `POST /purchase-requests` takes. */
const maxBytes = 512 * 1024;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}

/** Not more than says that it is too much. */
async function readBounded(input: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    bytes += part.length;
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks);
}

/** The JSON of a file, or of standard input for `-`. Throws `CommandError` with one sentence. */
export async function readRequestFile(file: string, input: NodeJS.ReadableStream): Promise<unknown> {
  const name = file === '-' ? 'standard input' : plain(file);
  let bytes: Buffer;
  try {
    bytes = await readBounded(file === '-' ? input : createReadStream(file));
  } catch (error) {
    throw new CommandError(`countersign: ${name} cannot be read (${codeOf(error)}).`, { cause: error });
  }
  if (bytes.length > maxBytes) {
    throw new CommandError(`countersign: ${name} has more than ${maxBytes} bytes, the most of one request.`);
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`countersign: ${name} is no JSON: ${placeOfMistake(text)}.`, { cause: error });
  }
}

/** Where in a document: `line 2, quantity`, counting from 1 as people do. */
function whereOf(path: readonly PropertyKey[]): string {
  const [first, index, ...rest] = path;
  const parts = first === 'lineItems' && typeof index === 'number' ? [`line ${index + 1}`, ...rest] : path;
  return parts.map((part) => (typeof part === 'number' ? String(part + 1) : plain(String(part)))).join(', ');
}

/** Everything wrong with a document, one line each. */
export function issueLines(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    const { path, message } = issue;
    // Members that the document does not have are one issue; each of them is a problem of its own.
    const places = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
    return places.map((place) => {
      const where = whereOf(place);
      return `${where === '' ? '' : `${where}: `}${plain(message)}`;
    });
  });
}
