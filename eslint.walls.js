import { builtinModules } from 'node:module';

/**
 * The import walls: which folder may import which.
 * One block a folder, because a later `no-restricted-imports` block replaces an earlier one for the same file.
 */

/** Every place that has a wall, and what its files may import besides their own folder. */
const mayImport = {
  'src/contract': [],
  'src/references': ['src/contract'],
  'src/cards': ['src/contract'],
  'src/config': ['src/contract'],
  'src/logging': ['src/contract', 'src/config'],
  'src/connectors': ['src/contract'],
  'src/visibility': ['src/contract'],
  'src/activities': [
    'src/contract',
    'src/references',
    'src/cards',
    'src/config',
    'src/connectors',
    'src/visibility',
    'src/logging',
  ],
  'src/workflows': ['src/contract'],
  'src/worker': [
    'src/contract',
    'src/references',
    'src/config',
    'src/connectors',
    'src/activities',
    'src/logging',
  ],
  'src/api': [
    'src/contract',
    'src/references',
    'src/config',
    'src/connectors',
    'src/visibility',
    'src/logging',
  ],
  'src/embedded': ['src/contract', 'src/config', 'src/logging'],
  sandbox: [],
};

const places = Object.keys(mayImport);

/** How a relative import can name a place, from up to six folders below: `../contract/x.ts`, `../../sandbox/y.ts`. */
function namesOf(place) {
  const name = place.replace(/^src\//, '');
  return Array.from({ length: 6 }, (_, depth) => '../'.repeat(depth + 1)).flatMap((up) => [
    `${up}${name}/**`,
    `${up}src/${name}/**`,
  ]);
}

/** Workflow code is deterministic and small: no Node, no clients, no zod (a thrown ZodError hangs the task). */
const workflowBans = {
  group: [
    'node:*',
    ...builtinModules,
    'zod',
    'zod/*',
    '@hono/*',
    'hono',
    'hono/*',
    'pino',
    '@temporalio/client',
    '@temporalio/worker',
    '@temporalio/activity',
    '@temporalio/testing',
    '@temporalio/envconfig',
    '**/test/**',
  ],
  message: 'Workflow code imports the contract, its own helpers and activity types only.',
};

const vendorsAlone = { group: ['**/src/**'], message: 'The sandbox knows the vendors, not Countersign.' };

function wall(place) {
  const forbidden = places.filter((other) => other !== place && !mayImport[place].includes(other));
  if (place.startsWith('src/')) forbidden.push('src/cli');
  const deterministic = place === 'src/workflows' || place === 'src/contract';
  const patterns = forbidden.map((other) => ({
    group: namesOf(other),
    message: `${place} does not import ${other}.`,
    // Workflows proxy activities by their types alone.
    allowTypeImports: place === 'src/workflows' && other === 'src/activities',
  }));
  if (place === 'sandbox') patterns.push(vendorsAlone);
  if (deterministic) patterns.push(workflowBans);
  return {
    files: [`${place}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.ts', '**/*.test.tsx'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

const simulators = ['coupa', 'moveworks', 'concur'];

/** Simulators stand alone, and what they share knows none of them. */
function simulatorWall(part) {
  const others = simulators.filter((simulator) => simulator !== part);
  const apart = others.map((other) => ({
    group: Array.from({ length: 3 }, (_, depth) => `${'../'.repeat(depth + 1)}${other}/**`),
    message: `sandbox/${part} does not import sandbox/${other}.`,
  }));
  return {
    files: [`sandbox/${part}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.ts', '**/*.test.tsx'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [vendorsAlone, ...apart] }] },
  };
}

/** The command is the one place that may start the sandbox, through one door. */
const commandWall = {
  files: ['src/cli/**/*.ts'],
  ignores: ['src/cli/sandbox-door.ts', '**/*.test.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [{ group: ['**/sandbox/**'], message: 'Only src/cli/sandbox-door.ts opens the sandbox.' }],
      },
    ],
  },
};

/** Calendar arithmetic depends on the host: activities do it, with a `now` from the workflow. */
const workflowGlobals = {
  files: ['src/workflows/**/*.ts', 'src/contract/**/*.ts'],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...['Intl', 'setInterval', 'setTimeout', 'process', 'fetch', 'Buffer', 'globalThis'],
    ],
    'no-restricted-properties': [
      'error',
      ...[
        'getDay',
        'getHours',
        'getDate',
        'getMonth',
        'toLocaleString',
        'toLocaleDateString',
        'toLocaleTimeString',
      ].map((property) => ({ property, message: 'Local calendar: compute it in an activity.' })),
    ],
  },
};

/** `import()` would climb over every wall, and the rule above does not look at it. */
const noDynamicImports = {
  files: ['src/**/*.ts', 'sandbox/**/*.ts'],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      { selector: 'ImportExpression', message: 'Import statically, so that the walls hold.' },
    ],
  },
};

export const walls = [
  ...places.map(wall),
  ...[...simulators, 'pages', 'world'].map(simulatorWall),
  commandWall,
  workflowGlobals,
  noDynamicImports,
];
