import { once } from 'node:events';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { beating } from './beating.ts';

describe('beating', () => {
  it('tells Temporal again and again that the work lives, and hands its result on', async () => {
    const environment = new MockActivityEnvironment();
    const work = async () => {
      await once(environment, 'heartbeat');
      await once(environment, 'heartbeat');
      return 'done';
    };
    expect(await environment.run(() => beating(work, 1))).toBe('done');
  });

  it('hands on how far the work came, again and again, from the attempt before until it came further', async () => {
    const environment = new MockActivityEnvironment({ heartbeatDetails: 'page 1' });
    const told: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => told.push(details));
    const work = async (beat: (details: unknown) => void) => {
      await once(environment, 'heartbeat');
      beat('page 2');
      await once(environment, 'heartbeat');
    };
    await environment.run(() => beating(work, 1));
    expect(new Set(told)).toEqual(new Set(['page 1', 'page 2']));
  });

  it('falls silent with the work, also when that fails', async () => {
    const environment = new MockActivityEnvironment();
    const work = () => once(environment, 'heartbeat').then(() => Promise.reject(new Error('Coupa is down')));
    await expect(environment.run(() => beating(work, 1))).rejects.toThrow('Coupa is down');
    let late = 0;
    environment.on('heartbeat', () => (late += 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(late).toBe(0);
  });
});
