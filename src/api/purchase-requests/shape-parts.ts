import { z } from '@hono/zod-openapi';

/**
 * An array of so many items. Its length comes first: a body of a few hundred kilobytes has room for a hundred thousand
 * empty items, and nobody wants to be told of each.
 */
export function few<S extends z.ZodType>(item: S, options: { least: number; most: number; what: string }) {
  const { least, most, what } = options;
  const items = z.array(item, {
    error: ({ input }) => (input === undefined ? 'It is missing.' : `Not a list of ${what}.`),
  });
  return z
    .preprocess(
      (value, context) => {
        if (!Array.isArray(value) || value.length <= most) return value;
        context.addIssue(`There are ${value.length} ${what}: ${most} at most.`);
        return z.NEVER;
      },
      least === 0 ? items : items.min(least, `At least ${least} of the ${what} is needed.`),
    )
    .openapi({ maxItems: most });
}

/** `custom1` to `custom<most>`, each of the same shape. */
export function customFields<S extends z.ZodType>(most: number, shape: S): Record<`custom${number}`, S> {
  return Object.fromEntries(
    Array.from({ length: most }, (_, index) => [`custom${index + 1}`, shape] as const),
  );
}

/** What is said of something that is no object, or of each member that Concur's document does not have. */
export function onlyKnown(what: string) {
  return (issue: { readonly code?: string | undefined; readonly input?: unknown }): string => {
    if (issue.code === 'unrecognized_keys') return `SAP Concur's ${what} has no such field.`;
    return issue.input === undefined ? 'It is missing.' : `Not a ${what}: a JSON object.`;
  };
}

/** Options of a check over several members: it runs whatever is wrong with one of them, so that all is told at once. */
export const alsoWhenWrong = {
  when: ({ value }: { readonly value: unknown }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value),
};
