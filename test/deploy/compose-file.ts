import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as dclint from 'dclint';
import { z } from 'zod';

const composePath = fileURLToPath(new URL('../../docker-compose.yml', import.meta.url));
export const composeText = readFileSync(composePath, 'utf8');

/** What is used of the linter; its own types cannot be resolved from a module. */
interface Linter {
  new (config: { rules: object; quiet: boolean; debug: boolean; exclude: string[] }): {
    lintFiles(paths: string[], recursive: boolean): unknown;
  };
  /** Reads a file with its merges (`<<`) carried out: no second YAML reader is needed beside the linter's. */
  validateFile(path: string): unknown;
}

const { DCLinter } = z
  .object({ DCLinter: z.custom<Linter>((value) => typeof value === 'function' && 'validateFile' in value) })
  .parse(dclint);

const findings = z.array(z.object({ messages: z.array(z.object({ rule: z.string() })) }));

/** What the linter says of a compose file, by the rule that was broken. */
export function problemsOf(path: string): string[] {
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
  const [file, ...others] = findings.parse(linter.lintFiles([path], false));
  if (file === undefined || others.length > 0) throw new Error(`the linter did not read ${path}`);
  return file.messages.map(({ rule }) => rule);
}

const serviceShape = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.array(z.object({ path: z.string(), required: z.boolean() })).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  init: z.boolean(),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  restart: z.string().optional(),
  stop_grace_period: z.string(),
  user: z.string().optional(),
  volumes: z.array(z.string()).default([]),
});

const compose = z
  .object({
    context: z.object({
      content: z.object({
        services: z.record(z.string(), serviceShape),
        volumes: z.record(z.string(), z.unknown()),
      }),
    }),
  })
  .parse(DCLinter.validateFile(composePath)).context.content;

type Service = z.infer<typeof serviceShape>;

/** The services as Compose sees them, by name. */
export const services: ReadonlyMap<string, Service> = new Map(Object.entries(compose.services));
/** The names of the volumes that are declared. */
export const volumes: readonly string[] = Object.keys(compose.volumes);

/** A service of that name; throws when there is none. */
export function serviceOf(name: string): Service {
  const service = services.get(name);
  if (service === undefined) throw new Error(`no service ${name} in the compose file`);
  return service;
}

/** The command of a service's health check, without Compose's word for its kind. Throws when it has none. */
export function healthCheckOf(name: string): string[] {
  const [kind, ...words] = serviceOf(name).healthcheck?.test ?? [];
  if (kind !== 'CMD' || words.length === 0) throw new Error(`${name} has no health check`);
  return words;
}
