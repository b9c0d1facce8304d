import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';
import { formatProblems } from './report.ts';
import { variableEntries, variableNames } from './variables.ts';

const aliases = variableEntries.flatMap(([, { alias }]) => (alias === undefined ? [] : [alias]));
const oddNames = ['__proto__', 'constructor', 'toString', '', 'COUPA_', 'port'];

const name = fc.oneof(
  fc.constantFrom(...variableNames, ...aliases, ...oddNames),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const plausible = fc.constantFrom(
  'https://a.example',
  '5',
  'on',
  '60s',
  'a:0123456789abcdef',
  'core.user.read',
  '"',
  ',',
);
const value = fc.oneof(fc.string({ unit: 'binary' }), plausible, fc.constant(undefined));

describe('loadConfig', () => {
  it('never throws, and gives either a whole configuration or problems, whatever the environment', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value), (env) => {
        const loaded = loadConfig(env);
        if (!loaded.ok) {
          expect(loaded.problems.length).toBeGreaterThan(0);
          expect(formatProblems(loaded.problems).split('\n')).toHaveLength(loaded.problems.length + 2);
        } else if (loaded.config.mode === 'real') {
          expect(loaded.config).toHaveProperty('coupa.clientSecret');
          expect(loaded.config).toHaveProperty('moveworks.auth');
          expect(loaded.config.api.keys).not.toHaveLength(0);
          expect(loaded.config.references.secrets).not.toHaveLength(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never shows a value of any variable in a problem or warning (P9)', () => {
    const marked = fc.string({ maxLength: 20 }).map((text) => `zq7zq${text}zq7zq`);
    fc.assert(
      fc.property(fc.dictionary(name, marked), (env) => {
        const loaded = loadConfig(env);
        const said = [...loaded.warnings, ...(loaded.ok ? [] : [formatProblems(loaded.problems)])];
        expect(said.join('\n')).not.toContain('zq7zq');
      }),
      { numRuns: 500 },
    );
  });
});
