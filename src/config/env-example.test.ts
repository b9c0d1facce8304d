import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderEnvExample } from './env-example.ts';
import { loadConfig } from './load-config.ts';
import { variableEntries, variableNames } from './variables.ts';

const file = new URL('../../.env.example', import.meta.url);
const lines = readFileSync(file, 'utf8').split('\n');
const settings = lines.filter((line) => /^# \w+=/.test(line));

describe('.env.example', () => {
  it('lists exactly the variables of the table, each with its default', () => {
    const expected = variableEntries.map(([name, variable]) => `# ${name}=${variable.default ?? ''}`);
    expect(settings).toEqual(expected);
    expect(settings).toHaveLength(variableNames.length);
  });

  it('explains each variable in the line before it', () => {
    for (const setting of settings) {
      expect(lines[lines.indexOf(setting) - 1]).toMatch(/^# [A-Z\w].{10,}[.]$/);
    }
  });

  it('is written from the table (vitest -u writes it anew)', async () => {
    await expect(renderEnvExample()).toMatchFileSnapshot(file.pathname);
  });

  it('changes nothing as it stands, nor with every line switched on', () => {
    const on = settings.map((line) => line.replace('# ', '')).join('\n');
    const loaded = loadConfig(parseEnv(on));
    expect(parseEnv(lines.join('\n'))).toEqual({});
    const defaults = loadConfig({});
    expect(loaded.ok && { ...loaded.config, api: { ...loaded.config.api, portGiven: false } }).toEqual(
      defaults.ok && defaults.config,
    );
  });
});
