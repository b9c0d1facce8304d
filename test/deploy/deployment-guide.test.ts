import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { variables } from '../../src/config/variables.ts';
import { blocksOf } from '../support/doc-blocks.ts';
import { commandsOfProgram } from './commands.ts';
import { healthCheckOf, serviceOf, services } from './compose-file.ts';
import { readStages, repository, wordsOf } from './dockerfile.ts';

const guide = readFileSync(`${repository}docs/deployment.md`, 'utf8');
const lines = blocksOf(guide)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').split(/\s+/));
/** What the text names as code, outside the blocks. */
const named = [...guide.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
  ([, code = '']) => code,
);

const composeFlags: Readonly<Record<string, readonly string[]>> = {
  up: ['--detach', '--no-deps', '--scale'],
  down: ['--volumes'],
  ps: [],
  logs: ['--follow'],
  build: [],
};
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(`${repository}package.json`, 'utf8')));

/** What is wrong with `docker compose ...`: whatever is no option of it, or names no service or profile. */
function composeProblems(words: readonly string[]): string[] {
  const profiles = [...services.values()].flatMap((service) => service.profiles);
  if (words[0] === '--profile') {
    const [, profile = '', ...rest] = words;
    return [...(profiles.includes(profile) ? [] : [profile]), ...composeProblems(rest)];
  }
  const [verb = '', ...rest] = words;
  const allowed = composeFlags[verb];
  if (allowed === undefined) return [verb];
  return rest.filter((word) =>
    word.startsWith('-') ? !allowed.includes(word) : !services.has(word.replace(/=\d+$/, '')),
  );
}

/** What is wrong with a command of the guide; nothing when a reader may paste it. */
function problemsOf([program = '', ...words]: readonly string[]): string[] {
  const [first = '', command = '', ...rest] = words;
  switch (program) {
    case 'docker':
      return first === 'compose' ? composeProblems(words.slice(1)) : words;
    case 'node': {
      const final = readStages().at(-1);
      const entry = final === undefined ? [] : wordsOf(final, 'ENTRYPOINT');
      return first === entry[1] && commandsOfProgram().includes(command) ? rest : words;
    }
    case 'cp':
      return existsSync(repository + first) ? [] : [first];
    case 'temporal':
      return words.join(' ') === serviceOf('namespace').command.join(' ') ? [] : words;
    default:
      return [program, ...words];
  }
}

describe('docs/deployment.md', () => {
  it.each(lines.map((words) => [words.join(' '), words] as const))('says `%s`, which exists', (_, words) => {
    expect(problemsOf(words)).toEqual([]);
  });

  it.each([
    ['docker compose up workers', ['workers']],
    ['docker compose up --detatch', ['--detatch']],
    ['docker compose --profile demos down', ['demos']],
    ['docker compose pull', ['pull']],
    ['node dist/src/cli/main.js wroker', ['dist/src/cli/main.js', 'wroker']],
    ['cp .env.sample .env', ['.env.sample']],
    ['rm .env', ['rm', '.env']],
  ])('could not say `%s`', (line, problems) => {
    expect(problemsOf(line.split(' '))).toEqual(problems);
  });

  it('names variables that have an effect', () => {
    const names = named.filter((code) => /^[A-Z]+(_[A-Z]+)*(_\*)?$/.test(code) && code !== 'SIGTERM');
    expect(names.length).toBeGreaterThan(10);
    const known = (name: string) =>
      name.endsWith('*')
        ? Object.keys(variables).some((each) => each.startsWith(name.slice(0, -1)))
        : Object.hasOwn(variables, name);
    expect(names.filter((name) => !known(name))).toEqual([]);
  });

  it('gives the defaults that the variables have', () => {
    const given = [...guide.matchAll(/`([A-Z_]+)` \((\d+)\)/g)];
    expect(given.map(([, name]) => name)).toEqual([
      'PORT',
      'COUPA_REQUESTS_PER_SECOND',
      'MOVEWORKS_REQUESTS_PER_MINUTE',
    ]);
    const defaults = new Map(
      Object.entries(variables).map(([name, variable]) => [
        name,
        'default' in variable ? variable.default : '',
      ]),
    );
    for (const [, name = '', value] of given) expect(value, name).toBe(defaults.get(name));
  });

  it('names commands, npm scripts, files and tests that exist', () => {
    const commands = named.flatMap((code) => /^countersign (\w+)$/.exec(code)?.[1] ?? []);
    expect(commandsOfProgram()).toEqual(expect.arrayContaining(commands));
    expect(commands.toSorted()).toEqual(['api', 'schedule', 'start', 'worker']);
    const npm = named.flatMap((code) => /^npm (?:run )?(\S+)$/.exec(code)?.[1] ?? []);
    expect(npm.filter((script) => script !== 'ci' && !Object.hasOwn(scripts, script))).toEqual([]);
    const files = named.filter((code) => /^[\w./-]+\.(yml|mjs|ts|md|example)$/.test(code));
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((file) => !existsSync(repository + file))).toEqual([]);
  });

  it('sends the reader to ports that the demo and the server publish', () => {
    const published = ['demo', 'temporal'].flatMap((name) => serviceOf(name).ports);
    const urls = [...guide.matchAll(/http:\/\/(127\.0\.0\.1:\d+)/g)].map(([, address = '']) => address);
    expect(urls.toSorted()).toEqual(published.map((port) => port.replace(/:\d+$/, '')).toSorted());
  });

  it('tells the health checks that the compose file makes', () => {
    expect(named).toContain(healthCheckOf('worker').join(' '));
    expect(named).toContain(healthCheckOf('api').join(' '));
    expect(named).toContain(healthCheckOf('temporal').join(' '));
    const script = readFileSync(`${repository}scripts/healthy.mjs`, 'utf8');
    const [, seconds] = /is older than (\d+) s/.exec(guide.replaceAll(/\s+/g, ' ')) ?? [];
    expect(script).toContain(`freshForMs = ${seconds ?? ''}_000`);
  });
});
