import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../configuration.ts';
import { failureOf } from '../../connectors/http/test-server.ts';
import { confirm, Interrupted } from './talk.ts';
import { terminalTalk } from './terminal.ts';

function streams(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  const errors = Object.assign(new PassThrough(), { isTTY });
  const controller = new AbortController();
  const talk = terminalTalk({ input, output, errors }, controller.signal);
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { input, controller, talk, out: () => text(output), shown: () => text(errors) };
}

describe('at a terminal', () => {
  it('a question is asked on stderr, and its answer taken', async () => {
    const { input, talk, out, shown } = streams(true);
    const answer = talk.ask('Login: ');
    input.write('dana\n');
    expect(await answer).toBe('dana');
    expect(shown()).toContain('Login: ');
    expect(out()).toBe('');
  });

  it('a password is never echoed', async () => {
    const { input, talk, out, shown } = streams(true);
    const answer = talk.askHidden('Password: ');
    for (const key of 'hunter2') input.write(key);
    input.write('\n');
    expect((await answer).reveal()).toBe('hunter2');
    expect(shown()).toBe('Password: \n');
    expect(out()).toBe('');
  });

  it.each([
    ['y', true],
    ['YES', true],
    ['', false],
    ['n', false],
    ['yesterday', false],
  ])('the answer %j to a question of yes or no is %s', async (typed, yes) => {
    const { input, talk } = streams(true);
    const answer = confirm(talk, 'Create it?');
    input.write(`${typed}\n`);
    expect(await answer).toBe(yes);
  });

  it.each([false, true])('Ctrl-C ends a question (hidden: %s)', async (hidden) => {
    const { input, talk } = streams(true);
    const answer = hidden ? talk.askHidden('?') : talk.ask('?');
    input.write('half\u0003');
    expect(await failureOf(answer)).toBeInstanceOf(Interrupted);
  });

  it('a signal from outside ends a question too', async () => {
    const { controller, talk } = streams(true);
    const answer = talk.ask('?');
    controller.abort(new Interrupted('interrupted'));
    expect(await failureOf(answer)).toBeInstanceOf(Interrupted);
  });

  it('Ctrl-D is no answer, and is said so', async () => {
    const { input, talk } = streams(true);
    const answer = talk.askHidden('?');
    input.write('\u0004');
    expect(await failureOf(answer)).toBeInstanceOf(CommandError);
  });

  it('progress is replaced by what is said next', () => {
    const { talk, shown } = streams(true);
    talk.progress('Reading ...');
    talk.say('done');
    expect(shown()).toBe('Reading ...\r\u001b[Kdone\n');
  });
});

describe('from a script', () => {
  it('login and password are two lines, and nothing is asked or shown', async () => {
    const { input, talk, out, shown } = streams(false);
    input.end('dana@acme.example\r\nhunter 2\n');
    expect(await talk.ask('Login: ')).toBe('dana@acme.example');
    expect((await talk.askHidden('Password: ')).reveal()).toBe('hunter 2');
    expect(talk.interactive).toBe(false);
    expect(out() + shown()).toBe('');
  });

  it('a missing line is said so', async () => {
    const { input, talk } = streams(false);
    input.end('dana\n');
    await talk.ask('Login: ');
    expect(await failureOf(talk.askHidden('Password: '))).toMatchObject({
      message: expect.stringMatching(/standard input ended/) as string,
    });
  });

  it('Ctrl-C ends the wait for a line', async () => {
    const { controller, talk } = streams(false);
    const answer = talk.ask('Login: ');
    controller.abort(new Interrupted('interrupted'));
    expect(await failureOf(answer)).toBeInstanceOf(Interrupted);
  });

  it('there is no progress', () => {
    const { talk, shown } = streams(false);
    talk.progress('Reading ...');
    expect(shown()).toBe('');
  });
});
