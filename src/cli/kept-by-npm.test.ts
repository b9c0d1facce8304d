import { describe, expect, it } from 'vitest';
import { keptByNpm } from './kept-by-npm.ts';

const run = { npm_command: 'run', npm_config_yes: '' };
const names = ['as-user', 'yes', 'json'];

describe('an option that npm kept for itself', () => {
  it('is named, with what to type instead, by npm of today and of before', () => {
    for (const npm_command of ['run', 'run-script']) {
      expect(keptByNpm(names, ['create', 'a.json'], { npm_command, npm_config_json: 'true' })).toBe(
        "npm kept --json for itself: put -- before the command's own options (npm run countersign -- ...)",
      );
    }
  });

  it('is named beside all others', () => {
    const env = { ...run, npm_config_as_user: 'true', npm_config_yes: 'true', npm_config_json: 'true' };
    expect(keptByNpm(names, ['create', 'a.json'], env)).toContain(
      'npm kept --as-user, --yes and --json for itself',
    );
  });

  it('is not missed where it came through all the same', () => {
    const env = { ...run, npm_config_json: 'true' };
    expect(keptByNpm(names, ['create', 'a.json', '--json'], env)).toBeUndefined();
    expect(keptByNpm(['code'], ['vendors', '--code=V'], { ...run, npm_config_code: 'V' })).toBeUndefined();
  });

  it('is none of the command’s own, or switched off, or was meant for npx: nothing is said', () => {
    expect(keptByNpm(['watch'], ['status', 'a'], { ...run, npm_config_json: 'true' })).toBeUndefined();
    expect(keptByNpm(names, ['create', 'a.json'], run)).toBeUndefined();
    const npx = { npm_command: 'exec', npm_config_yes: 'true' };
    expect(keptByNpm(names, ['create', 'a.json'], npx)).toBeUndefined();
    expect(keptByNpm(names, ['create', 'a.json'], { npm_config_yes: 'true' })).toBeUndefined();
  });
});
