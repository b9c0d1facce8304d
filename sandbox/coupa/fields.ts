import { z } from 'zod';
import { validationError } from './coupa-problem.ts';

type Field = string | { [association: string]: Field[] };

const field: z.ZodType<Field> = z.lazy(() => z.union([z.string(), z.record(z.string(), z.array(field))]));
const fieldList = z.array(field);

/**
 * Slims an object, or each of a list, to what `fields` asks for, e.g. `["id",{"approver":["id","email"]}]`.
 * Names may be dashed or underscored, the answer's keys stay dashed; names that an object lacks are passed over.
 * Without `fields` everything stays. Throws Coupa's validation error when `fields` cannot be read.
 */
export function slim(value: unknown, params: URLSearchParams): unknown {
  const text = params.get('fields');
  if (text === null) return value;
  const parsed = fieldList.safeParse(jsonOf(text));
  if (!parsed.success) throw validationError('base', 'fields must be a JSON array');
  return pick(value, parsed.data);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pick(value: unknown, fields: readonly Field[]): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, fields));
  if (typeof value !== 'object' || value === null) return value;
  const members = new Map<string, unknown>(Object.entries(value));
  const picked: Record<string, unknown> = {};
  for (const wanted of fields) {
    const named = typeof wanted === 'string' ? { [wanted]: null } : wanted;
    for (const [name, nested] of Object.entries(named)) {
      const key = name.replaceAll('_', '-');
      if (!members.has(key)) continue;
      const member = members.get(key);
      picked[key] = nested === null ? member : pick(member, nested);
    }
  }
  return picked;
}
