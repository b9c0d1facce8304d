import { z } from 'zod';

/** Any JSON, as a document shows it or an answer holds it. */
export type Json = z.infer<ReturnType<typeof z.json>>;

/** A fenced block of a Markdown document. */
export interface DocBlock {
  readonly language: string;
  readonly text: string;
  /** Line of the document, from 1, on which the fence opens. */
  readonly line: number;
  /** The prose between the block before (or the beginning) and this one. */
  readonly before: string;
  /** The prose between this block and the next one (or the end). */
  readonly after: string;
}

/** Every fenced block of a Markdown text, in its order. */
export function blocksOf(markdown: string): readonly DocBlock[] {
  const parts = markdown.split(/^```(.*)$/m);
  const blocks: DocBlock[] = [];
  // Prose, opening fence, block, closing fence, prose, ...
  for (let at = 0; at + 4 < parts.length; at += 4) {
    const [before = '', language = '', text = '', , after = ''] = parts.slice(at, at + 5);
    const line = parts
      .slice(0, at + 1)
      .join('')
      .split('\n').length;
    blocks.push({ language: language.trim(), text: text.trim(), line, before, after });
  }
  return blocks;
}

/** What a document says about the answer to a command. */
interface Expectation {
  readonly status: number;
  readonly body?: Json;
  /** Parts of the answer that the reader is told to keep: a path in it, and the variable's name. */
  readonly keep: readonly { readonly path: string; readonly variable: string }[];
}

/** A block of shell commands, with the answer that the document promises; none when it promises nothing. */
export interface DocCommand {
  readonly block: DocBlock;
  readonly expected: Expectation | undefined;
}

/** The blocks of ```bash, each with the line "**Answers 200:**" behind it and the ```json behind that. */
export function commandsOf(blocks: readonly DocBlock[]): readonly DocCommand[] {
  return blocks.flatMap((block, index): DocCommand[] => {
    if (block.language !== 'bash') return [];
    const [, status] = /^\s*\*\*Answers (\d{3})[:.]\*\*/.exec(block.after) ?? [];
    if (status === undefined) return [{ block, expected: undefined }];
    const next = blocks[index + 1];
    const answer = next?.language === 'json' && block.after === next.before ? next : undefined;
    const prose = answer?.after ?? block.after;
    const keep = [...prose.matchAll(/Keep\s+`([\w.-]+)`\s+in\s+`(\w+)`/g)].map(
      ([, path = '', variable = '']) => {
        return { path, variable };
      },
    );
    const body = answer === undefined ? {} : { body: z.json().parse(JSON.parse(answer.text)) };
    return [{ block, expected: { status: Number(status), keep, ...body } }];
  });
}

/** Stands for whatever is there, in a document's JSON. */
const whatever = '…';

/** Those parts of `actual` that `wanted` names, to be compared with it: objects and lists may hold more. */
export function namedParts(wanted: Json, actual: Json | undefined): Json | undefined {
  if (wanted === whatever) return actual == null ? actual : whatever;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual)) return actual;
    return wanted.map((each, index) => namedParts(each, actual[index]) ?? null);
  }
  if (typeof wanted !== 'object' || wanted === null) return actual;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return actual;
  return Object.fromEntries(
    Object.entries(wanted).map(([key, each]) => [key, namedParts(each, actual[key]) ?? null]),
  );
}

/** The text or number at a path such as `data.0.reference`; throws when there is none. */
export function valueAt(json: Json, path: string): string {
  let value: Json | undefined = json;
  for (const key of path.split('.')) {
    value = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
  }
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`nothing to keep at ${path}`);
}
