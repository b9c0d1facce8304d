import { Writable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { ActivityFailure, ApplicationFailure, RetryState } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { LogLevel } from '../config/config.ts';
import { createLogger } from './logger.ts';
import { createTemporalLogger } from './temporal-logger.ts';

type Entry = Record<string, unknown>;

function collect(level: LogLevel) {
  const entries: Entry[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      entries.push(JSON.parse(chunk.toString()) as Entry);
      done();
    },
  });
  return { entries, logger: createTemporalLogger(createLogger({ level, pretty: false, destination })) };
}

describe('createTemporalLogger', () => {
  it("keeps the fields that say where, and drops what may hold people's data (P9)", () => {
    const { entries, logger } = collect('info');
    const where = {
      workflowId: 'approval-7',
      workflowType: 'approval',
      activityType: 'sendCard',
      taskQueue: 'moveworks',
      attempt: 2,
    };
    logger.info('Activity started', { ...where, args: ['jo@acme.com'], result: { email: 'jo@acme.com' } });
    expect(entries[0]).toEqual({
      level: 'info',
      time: entries[0]?.['time'],
      msg: 'Activity started',
      ...where,
    });
  });

  it('writes every level, by name and through log()', () => {
    const { entries, logger } = collect('trace');
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) logger[level](level);
    for (const level of ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const) logger.log(level, level);
    expect(entries.map(({ level, msg }) => [level, msg])).toEqual(
      ['trace', 'debug', 'info', 'warn', 'error']
        .flatMap((level) => [[level, level]])
        .concat(['trace', 'debug', 'info', 'warn', 'error'].map((level) => [level, level.toUpperCase()])),
    );
  });

  it('says what failed and why, without details and stack', () => {
    const { entries, logger } = collect('info');
    const reason = ApplicationFailure.nonRetryable('Coupa answered 403', 'CoupaRefused', {
      to: 'jo@acme.com',
    });
    const error = new ActivityFailure(
      'Activity task failed',
      'carryOut',
      '1',
      RetryState.TIMEOUT,
      'me',
      reason,
    );
    logger.warn('Workflow failed', { workflowId: 'approval-7', error });
    expect(entries[0]?.['err']).toEqual({
      name: 'ActivityFailure',
      message: 'Activity task failed',
      cause: { name: 'ApplicationFailure', type: 'CoupaRefused', message: 'Coupa answered 403' },
    });
  });

  it('shows the stack at the level debug', () => {
    const { entries, logger } = collect('debug');
    const error = new Error('lost');
    logger.error('Worker failed', { error });
    expect(entries[0]?.['err']).toEqual({ name: 'Error', message: 'lost', stack: error.stack });
  });

  it("recognises an error from a workflow's own realm", () => {
    const { entries, logger } = collect('info');
    const error: unknown = runInNewContext('new TypeError("from inside")');
    logger.warn('Workflow failed', { error });
    expect(entries[0]?.['err']).toEqual({ name: 'TypeError', message: 'from inside' });
  });

  it('keeps the words of a core error, and nothing of an unknown thing', () => {
    const { entries, logger } = collect('info');
    logger.warn('gRPC call retried', { error: 'x'.repeat(2_000) });
    logger.warn('Odd', { error: { email: 'jo@acme.com' } });
    logger.warn('None', { error: undefined });
    expect(entries[0]?.['err']).toEqual({ message: `${'x'.repeat(1_000)}...` });
    expect(JSON.stringify(entries[1])).not.toContain('acme');
    expect(entries[2]).not.toHaveProperty('err');
  });
});
