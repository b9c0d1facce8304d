import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoSecrets } from './demo-secrets.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'demo-secrets-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const file = () => join(home, 'secrets.json');
const tokenFile = () => join(home, 'concur-token.json');

describe("the demo's secrets", () => {
  it('are made once, for their owner alone, and stay', () => {
    const first = demoSecrets(home);
    writeFileSync(tokenFile(), '{}');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(demoSecrets(home)).toEqual(first);
    expect(existsSync(tokenFile())).toBe(true);
  });

  it('of an earlier release go on and gain what is missing, for good', () => {
    const { concurClientSecret, concurCompanyUuid, concurRequestToken, ...earlier } = demoSecrets(home);
    writeFileSync(file(), JSON.stringify(earlier));
    const filled = demoSecrets(home);
    expect(filled).toMatchObject(earlier);
    expect([concurClientSecret, concurCompanyUuid, concurRequestToken]).not.toContain(
      filled.concurCompanyUuid,
    );
    expect(filled.concurClientSecret.length).toBeGreaterThan(15);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(filled);
    expect(demoSecrets(home)).toEqual(filled);
  });

  it('that are new leave the token file of a real company alone, whose refresh token is the only one', () => {
    writeFileSync(tokenFile(), '{}');
    demoSecrets(home);
    expect(existsSync(tokenFile())).toBe(true);
  });

  it.each(['{"half":', '{"apiKey":"short"}'])('that cannot be read are named: %s', (content) => {
    writeFileSync(file(), content);
    expect(() => demoSecrets(home)).toThrow(file());
    expect(readFileSync(file(), 'utf8')).toBe(content);
  });
});
