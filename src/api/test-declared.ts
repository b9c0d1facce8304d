import { z } from 'zod';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const answerShape = z.object({
  headers: z.record(z.string(), z.unknown()).optional(),
  content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })),
});
const documentShape = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: z.record(z.string(), answerShape) })),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
const problemTypes = z.object({
  allOf: z.tuple([
    z.unknown(),
    z.object({ properties: z.object({ type: z.object({ enum: z.array(z.string()) }) }) }),
  ]),
});

const schemaShape = z.object({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
});

const problemMedia = 'application/problem+json';

/** What was answered to a request for one of the declared routes (`get /approvals`). */
export interface GivenAnswer {
  readonly route: string;
  readonly status: number;
  readonly media: string;
  readonly body: unknown;
  readonly header: (name: string) => string | null;
}

/** The interface as `/openapi.json` declares it, to compare answers with. Throws when it is not of that shape. */
export class DeclaredAnswers {
  readonly #answers = new Map<string, z.infer<typeof answerShape>>();
  readonly #routes: { readonly route: string; readonly pattern: RegExp }[] = [];
  readonly #schemas: Readonly<Record<string, unknown>>;

  constructor(document: unknown) {
    const { paths, components } = documentShape.parse(document);
    this.#schemas = components.schemas;
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        const route = `${method} ${path}`;
        this.#routes.push({ route, pattern: new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`) });
        for (const [status, answer] of Object.entries(responses)) {
          this.#answers.set(`${route} ${status}`, answer);
        }
      }
    }
  }

  /** The route that a request is for; undefined where there is none, which answers 404 or 405. */
  routeOf(method: string, path: string): string | undefined {
    const asked = `${method.toLowerCase()} ${path.replace(/\?.*$/, '')}`;
    return this.#routes.find(({ pattern }) => pattern.test(asked))?.route;
  }

  /** Every answer that is declared: route, status and, of a problem, its type. */
  get all(): string[] {
    return [...this.#answers].flatMap(([answer, { content }]) => {
      const problem = content[problemMedia];
      if (problem === undefined) return [answer];
      const [, { properties }] = problemTypes.parse(problem.schema).allOf;
      return properties.type.enum.map((type) => `${answer} ${type}`);
    });
  }

  /** What about this answer is not as declared, members that nothing declares among it; empty when all is. */
  differences({ route, status, media, body, header }: GivenAnswer): string[] {
    const answer = this.#answers.get(`${route} ${status}`);
    const schema = answer?.content[media]?.schema;
    if (schema === undefined) return [`${route} ${status} ${media}`];
    const issues = this.#checker(schema).safeParse(body).error?.issues ?? [];
    return [
      ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      ...this.#undeclared([schema], body, ''),
      ...Object.keys(answer?.headers ?? {}).filter((name) => header(name) === null),
    ];
  }

  #checker(schema: object): z.ZodType {
    const text = JSON.stringify({ ...schema, $defs: this.#schemas });
    return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as JsonSchema);
  }

  /** Members of the body that none of these schemas names: JSON Schema by itself lets any through. */
  #undeclared(schemas: readonly unknown[], body: unknown, at: string): string[] {
    const known = schemas.flatMap((schema) => this.#parts(schema));
    if (Array.isArray(body)) {
      return body.flatMap((item) =>
        this.#undeclared(
          known.flatMap(({ items }) => items ?? []),
          item,
          `${at}[]`,
        ),
      );
    }
    if (typeof body !== 'object' || body === null) return [];
    return Object.entries(body).flatMap(([name, member]) => {
      const members = known.flatMap(({ properties }) => properties?.[name] ?? []);
      const place = `${at}.${name}`;
      return members.length === 0 ? [`${place}: not declared`] : this.#undeclared(members, member, place);
    });
  }

  /** A schema and all that it is put together from. */
  #parts(given: unknown): z.infer<typeof schemaShape>[] {
    const schema = schemaShape.parse(given);
    const { $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
    const named = $ref === undefined ? [] : [this.#schemas[$ref.replace('#/components/schemas/', '')]];
    return [schema, ...[...named, ...allOf, ...anyOf, ...oneOf].flatMap((part) => this.#parts(part))];
  }
}
