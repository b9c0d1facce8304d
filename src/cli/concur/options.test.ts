import { describe, expect, it } from 'vitest';
import { concurOptionNames, readConcurArguments } from './options.ts';

describe('the options of concur', () => {
  it.each([
    [
      ['create', 'a.json'],
      ['as-user', 'yes', 'json'],
    ],
    [['whoami'], []],
    [['constructor'], []],
    [[], []],
  ])('%j could have are told by their names', (args, names) => {
    expect(concurOptionNames(args)).toEqual(names);
  });
});

describe('the arguments of concur', () => {
  it.each([
    [['token'], { command: 'token', anew: false, renew: false, yes: false }],
    [['token', '--new', '--yes'], { command: 'token', anew: true, renew: false, yes: true }],
    [['token', '--renew'], { command: 'token', anew: false, renew: true, yes: false }],
    [['whoami'], { command: 'whoami' }],
    [['vendors'], { command: 'vendors', json: false }],
    [['vendors', '--json', '--code', 'V-1'], { command: 'vendors', json: true, code: 'V-1' }],
    [['lists'], { command: 'lists', json: false }],
    [['lists', 'a1', '--code=CC'], { command: 'lists', json: false, listId: 'a1', code: 'CC' }],
    [
      ['create', 'a.json', '--as-user'],
      { command: 'create', file: 'a.json', asUser: true, yes: false, json: false },
    ],
    [['create', '-', '--yes'], { command: 'create', file: '-', asUser: false, yes: true, json: false }],
    [['status', 'a-1', '--watch'], { command: 'status', id: 'a-1', json: false, watch: true }],
  ])('%j are read as they are written', (args, read) => {
    expect(readConcurArguments(args)).toEqual(read);
  });

  it.each([
    [[], /token, whoami, vendors, lists, create, status/],
    [['constructor'], /one of these words/],
    [['token', '--new', '--renew'], /not both/],
    [['token', 'now'], /now/],
    [['whoami', '--password', 'x'], /--password/],
    [['vendors', '--code'], /--code/],
    [['lists', '--code', 'CC'], /LISTID/],
    [['lists', 'a/b'], /letters, digits/],
    [['lists', 'a', 'b'], /'b'/],
    [['create'], /file/],
    [['create', '-'], /--yes/],
    [['create', '-', '--yes', '--as-user'], /--as-user/],
    [['create', 'a', 'b'], /'b'/],
    [['status'], /id/],
    [['status', '../x'], /id/],
    [['status', 'x'.repeat(65)], /id/],
    [['status', 'x', '--quick'], /'--quick'/],
  ])('%j are answered with a sentence of one line', (args, sentence) => {
    const read = readConcurArguments(args);
    expect(read).toMatch(sentence);
    expect(read).not.toContain('\n');
  });
});
