import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The real configuration. Only the rules that need a program are off, since the linted files do not exist: the
 * walls need none.
 */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: { files: ['**/*.{ts,tsx}'], ...tseslint.configs.disableTypeChecked },
});

const wallRules = [
  '@typescript-eslint/no-restricted-imports',
  'no-restricted-globals',
  'no-restricted-properties',
];

/** What the walls say about a file of this text at this place; fails when it does not even parse. */
async function complaints(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath: `${root}${filePath}` });
  if (result === undefined) throw new Error(`${filePath} is not linted`);
  const broken = result.messages.find((message) => message.fatal === true);
  if (broken !== undefined) throw new Error(`${filePath}: ${broken.message}`);
  return result.messages
    .filter(({ ruleId }) => ruleId !== null && wallRules.includes(ruleId))
    .map(({ message }) => message);
}

/** Which folder may import which, by name; written down a second time, so that a hole in the walls shows. */
const allowed: Record<string, readonly string[]> = {
  contract: [],
  references: ['contract'],
  cards: ['contract'],
  config: ['contract'],
  logging: ['contract', 'config'],
  connectors: ['contract'],
  visibility: ['contract'],
  activities: ['contract', 'references', 'cards', 'config', 'connectors', 'visibility', 'logging'],
  workflows: ['contract'],
  worker: ['contract', 'references', 'config', 'connectors', 'activities', 'logging'],
  api: ['contract', 'references', 'config', 'connectors', 'visibility', 'logging'],
  embedded: ['contract', 'config', 'logging'],
  cli: [
    'contract',
    'references',
    'cards',
    'config',
    'logging',
    'connectors',
    'visibility',
    'activities',
    'workflows',
    'worker',
    'api',
    'embedded',
  ],
};
const folders = Object.keys(allowed);
/** A file in the folder itself and one in a folder below, with the way up from it to `src`. */
const depths = [
  { file: 'new-file.ts', up: '../' },
  { file: 'part/new-file.ts', up: '../../' },
  { file: 'part/core/new-file.ts', up: '../../../' },
];
const everyImport = folders.flatMap((from) =>
  folders
    .filter((to) => to !== from)
    .flatMap((to) =>
      depths.map((depth) => ({ from, to, ...depth, may: allowed[from]?.includes(to) === true })),
    ),
);

describe('the import walls of src', () => {
  it.each(everyImport.filter(({ may }) => !may))(
    'forbid src/$from/$file to import src/$to',
    async ({ from, to, file, up }) => {
      const text = `import { x } from '${up}${to}/y.ts';\nexport const z = x;`;
      expect(await complaints(`src/${from}/${file}`, text)).toHaveLength(1);
    },
  );

  it.each(everyImport.filter(({ may }) => may))(
    'let src/$from/$file import src/$to',
    async ({ from, to, file, up }) => {
      const text = `import { x } from '${up}${to}/y.ts';\nexport const z = x;`;
      expect(await complaints(`src/${from}/${file}`, text)).toEqual([]);
    },
  );

  it.each([
    ['a re-export', "export { x } from '../activities/y.ts';"],
    ['a re-export of everything', "export * from '../activities/y.ts';"],
    ['an import for its effects', "import '../activities/y.ts';"],
    ['a default import', "import x from '../activities/y.ts';\nexport const z = x;"],
    [
      'a type import, where values are forbidden too',
      "import type { X } from '../worker/y.ts';\nexport type Z = X;",
    ],
    ['a deep path', "import { x } from '../activities/coupa/fixtures/y.ts';\nexport const z = x;"],
  ])('see %s as well', async (_, text) => {
    expect(await complaints('src/api/new-file.ts', text)).toHaveLength(1);
  });

  it('leave a test free to import what it needs', async () => {
    const text = "import { x } from '../../sandbox/index.ts';\nexport const z = x;";
    expect(await complaints('src/activities/new-file.test.ts', text)).toEqual([]);
  });
});

describe('the sandbox', () => {
  const opens = (up: string) => `import { x } from '${up}sandbox/index.ts';\nexport const z = x;`;

  it.each(
    folders.flatMap((folder) =>
      depths.map(({ file, up }) => ({ path: `src/${folder}/${file}`, up: `../${up}` })),
    ),
  )('is not imported by $path', async ({ path, up }) => {
    expect(await complaints(path, opens(up))).toHaveLength(1);
  });

  it('is imported by the one door', async () => {
    expect(await complaints('src/cli/sandbox-door.ts', opens('../../'))).toEqual([]);
  });

  it.each([
    ['sandbox/new-file.ts', '../src/contract/ids.ts'],
    ['sandbox/coupa/new-file.ts', '../../src/contract/ids.ts'],
    ['sandbox/coupa/new-file.ts', '../../src/connectors/coupa/types.ts'],
    ['sandbox/world/new-file.ts', '../../src/cli/print.ts'],
  ])('keeps %s from importing %s: it knows the vendors, not us', async (path, target) => {
    const text = `import { x } from '${target}';\nexport const z = x;`;
    expect(await complaints(path, text)).not.toEqual([]);
    expect(
      await complaints(path, text.replace('import {', 'import type {').replace('const z = x', 'type z = x')),
    ).not.toEqual([]);
  });

  it.each([
    ['sandbox/concur/new-file.ts', '../coupa/decide.ts'],
    ['sandbox/concur/page/new-file.tsx', '../../coupa/page/frame.tsx'],
    ['sandbox/coupa/new-file.ts', '../moveworks/start.ts'],
    ['sandbox/moveworks/chat/new-file.ts', '../../concur/store.ts'],
    ['sandbox/pages/new-file.ts', '../coupa/state.ts'],
    ['sandbox/world/new-file.ts', '../concur/state.ts'],
  ])('keeps %s from importing %s: simulators stand alone', async (path, target) => {
    expect(await complaints(path, `import { x } from '${target}';\nexport const z = x;`)).toHaveLength(1);
  });

  it('may import its own parts and packages', async () => {
    const text =
      "import { Hono } from 'hono';\nimport { x } from '../listen.ts';\nexport const z = [Hono, x];";
    expect(await complaints('sandbox/coupa/new-file.ts', text)).toEqual([]);
  });
});

describe('workflow code and the contract', () => {
  const banned = [
    'node:fs',
    'node:fs/promises',
    'node:crypto',
    'zod',
    'zod/v4',
    'hono',
    'hono/jsx',
    '@hono/node-server',
    'pino',
    '@temporalio/client',
    '@temporalio/worker',
    '@temporalio/activity',
    '@temporalio/testing',
  ];
  const places = [
    'src/workflows/new-file.ts',
    'src/workflows/approval/core/new-file.ts',
    'src/contract/new-file.ts',
  ];

  it.each(places.flatMap((path) => banned.map((name) => ({ path, name }))))(
    'keep $name out of $path',
    async ({ path, name }) => {
      const text = `import { x } from '${name}';\nexport const z = x;`;
      expect(await complaints(path, text)).toHaveLength(1);
    },
  );

  it.each([
    ['src/workflows/new-file.ts', '@temporalio/workflow'],
    ['src/contract/new-file.ts', '@temporalio/workflow'],
    ['src/contract/new-file.ts', '@temporalio/common'],
  ])('let %s import %s', async (path, name) => {
    expect(await complaints(path, `import { x } from '${name}';\nexport const z = x;`)).toEqual([]);
  });

  it.each([
    ['src/workflows/new-file.ts', '../'],
    ['src/workflows/approval/new-file.ts', '../../'],
    ['src/workflows/approval/core/new-file.ts', '../../../'],
  ])('let %s import the types of activities, and not the activities', async (path, up) => {
    const from = `'${up}activities/coupa/activities.ts'`;
    expect(await complaints(path, `import type { X } from ${from};\nexport type Z = X;`)).toEqual([]);
    expect(await complaints(path, `import { x } from ${from};\nexport const z = x;`)).toHaveLength(1);
  });

  it.each([
    ['src/workflows/new-file.ts', '../'],
    ['src/workflows/approval/core/new-file.ts', '../../../'],
  ])('keep the connectors out of %s, their types too', async (path, up) => {
    const from = `'${up}connectors/coupa/types.ts'`;
    expect(await complaints(path, `import type { X } from ${from};\nexport type Z = X;`)).toHaveLength(1);
    expect(await complaints(path, `import { x } from ${from};\nexport const z = x;`)).toHaveLength(1);
  });

  it.each([
    ['Intl', 'export const z = Intl;'],
    ['setTimeout', 'export const z = setTimeout;'],
    ['setInterval', 'export const z = setInterval;'],
    ['process', 'export const z = process;'],
    ['fetch', 'export const z = fetch;'],
    ['Buffer', 'export const z = Buffer;'],
    ['the local calendar', 'export const z = new Date().getHours();'],
    ['local formats', "export const z = new Date().toLocaleDateString('en');"],
  ])('do without %s, which depends on the host', async (_, text) => {
    for (const path of places) expect(await complaints(path, text)).toHaveLength(1);
  });

  it('may count in UTC', async () => {
    const text = 'export const z = new Date().toISOString() + String(new Date().getUTCDay());';
    for (const path of places) expect(await complaints(path, text)).toEqual([]);
  });
});

it('the files of the walls’ folders pass them as they are', async () => {
  const results = await eslint.lintFiles(['src/**/*.ts', 'sandbox/**/*.{ts,tsx}']);
  const found = results.flatMap(({ filePath, messages }) =>
    messages.filter(({ ruleId }) => ruleId === wallRules[0]).map(({ message }) => `${filePath}: ${message}`),
  );
  expect(results.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
