import type { z } from '@hono/zod-openapi';

const wrongTypes: Readonly<Record<string, string>> = {
  string: 'Not a text.',
  array: 'Not a list.',
  object: 'Not a JSON object.',
};

/**
 * What is said where a schema has no words of its own. Zod's words are for whoever wrote the schema; ours are read by
 * whoever sent the request. Undefined, which leaves it to zod, for what no schema here refuses without words.
 */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'It is missing.';
  switch (issue.code) {
    case 'invalid_type':
      return wrongTypes[issue.expected];
    case 'invalid_value':
      return `It is one of ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return issue.origin === 'string' ? `It may have ${issue.maximum} characters at most.` : undefined;
    default:
      return undefined;
  }
}

/** The same for path, query and headers. Of one that comes several times the values are a list. */
export function parameterWords(issue: z.core.$ZodRawIssue): string | undefined {
  return Array.isArray(issue.input)
    ? 'It is there more than once: which one is meant is not known.'
    : issueWords(issue);
}
