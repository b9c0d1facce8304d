import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

const secret = new Secret('hunter2');

describe('a secret', () => {
  it('gives its value to whoever asks by name', () => {
    expect(secret.reveal()).toBe('hunter2');
  });

  it.each<[string, string]>([
    ['in a template', `key ${secret.toString()}`],
    ['as a string', String(secret)],
    ['in JSON', JSON.stringify({ secret })],
    ['inspected', inspect({ deep: { secret } }, { showHidden: true, depth: 9 })],
    ['copied', JSON.stringify(Object.assign({}, secret))],
    ['by its keys', Object.getOwnPropertyNames(secret).join()],
  ])('does not show it %s (P9)', (_, shown) => {
    expect(shown).not.toContain('hunter2');
  });

  it('says that something was left out', () => {
    expect(String(secret)).toBe('[redacted]');
    expect(JSON.stringify(secret)).toBe('"[redacted]"');
    expect(inspect(secret)).toBe('[redacted]');
  });
});
