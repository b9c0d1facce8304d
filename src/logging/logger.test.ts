import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Secret } from '../contract/secret.ts';
import { createLogger, type LoggerOptions } from './logger.ts';

type Entry = Record<string, unknown>;

function collect(options: Omit<LoggerOptions, 'destination'>) {
  const chunks: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger({ ...options, destination });
  const text = (): string => chunks.join('');
  const entries = (): Entry[] =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry);
  return { logger, text, entries };
}

describe('createLogger', () => {
  it('writes one JSON line an entry, with ISO time and level, without process id and host', () => {
    const { logger, entries } = collect({ level: 'info', pretty: false });
    logger.info({ approvalId: 7 }, 'asked');
    const [entry, ...others] = entries();
    expect(others).toEqual([]);
    expect(Object.keys(entry ?? {}).sort()).toEqual(['approvalId', 'level', 'msg', 'time']);
    expect(entry).toMatchObject({ level: 'info', approvalId: 7, msg: 'asked' });
    expect(entry?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('leaves out what is below its level', () => {
    const { logger, entries } = collect({ level: 'warn', pretty: false });
    logger.info('quiet');
    logger.error('loud');
    expect(entries().map(({ msg }) => msg)).toEqual(['loud']);
  });

  it('redacts a Secret wherever it stands, also in a message', () => {
    const { logger, text } = collect({ level: 'info', pretty: false });
    const value = new Secret('hush-hush');
    logger.info({ value, deep: { er: [value] } }, 'with %s and %o and %j', value, value, value);
    expect(text()).not.toContain('hush-hush');
    expect(text().match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    'authorization',
    'Authorization',
    'set-cookie',
    'x-api-key',
    'client_secret',
    'token',
    'recipients',
  ])('redacts the key %s on three levels (P9)', (key) => {
    const { logger, text, entries } = collect({ level: 'info', pretty: false });
    logger.info({ [key]: 'hush', req: { [key]: 'hush', headers: { [key]: 'hush', accept: 'json' } } }, 'got');
    expect(text()).not.toContain('hush');
    expect(entries()[0]).toMatchObject({ [key]: '[redacted]', req: { headers: { accept: 'json' } } });
  });

  it('describes an error without the request that it carries, and its stack only for debugging', () => {
    const error = Object.assign(new TypeError('Coupa answered 503', { cause: new Error('reset') }), {
      code: 'E503',
      request: { body: 'jo@acme.com' },
    });
    const info = collect({ level: 'info', pretty: false });
    info.logger.error({ err: error }, 'failed');
    expect(info.entries()[0]?.['err']).toEqual({
      name: 'TypeError',
      code: 'E503',
      message: 'Coupa answered 503',
      cause: { name: 'Error', message: 'reset' },
    });
    const debug = collect({ level: 'debug', pretty: false });
    debug.logger.error(error);
    expect(debug.entries()[0]?.['err']).toMatchObject({ stack: error.stack });
  });

  it('writes short lines for people, without colour where no terminal is', async () => {
    const { logger, text } = collect({ level: 'info', pretty: true });
    logger.warn({ approvalId: 7, token: 'hush' }, 'asked');
    // The line passes through a stream of its own before it arrives.
    while (!text().includes('\n')) await setImmediate();
    expect(text()).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: asked \{"approvalId":7,"token":"\[redacted\]"\}\n$/);
  });
});
