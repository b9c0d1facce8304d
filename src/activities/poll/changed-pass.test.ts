import type { Client } from '@temporalio/client';
import { expect, it } from 'vitest';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { beforeFirstPoll, type PassInput, type PassResult } from '../../contract/poll.ts';
import { begin } from './begin.ts';
import { changedPass } from './changed-pass.ts';

const input: PassInput = {
  ...beforeFirstPoll,
  now: '2026-11-02T10:00:00.000Z',
  maxRequests: 100,
  maxTold: 100,
};

it('says before each request how far it is: slow answers are no standstill, and a crash loses little', async () => {
  const beats: PassResult[] = [];
  const coupa = { listChangedRequisitions: () => Promise.resolve([] as number[]) } as unknown as CoupaClient;
  const result = await changedPass({ coupa, client: {} as unknown as Client, policy: 'p' }, input, {
    progress: { ...begin(input), requests: 7 },
    updatedSince: new Date(input.now),
    signal: new AbortController().signal,
    failed: (error) => {
      throw error;
    },
    beat: (progress) => beats.push(progress),
  });
  expect(beats.map(({ requests }) => requests)).toEqual([8]);
  expect(result.requests).toBe(8);
});
