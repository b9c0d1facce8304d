import { describe, expect, it, onTestFinished } from 'vitest';
import { TerminalError } from '../connectors/http/errors.ts';
import { keepConcurRenewed } from './concur-renewal.ts';

const facts = { vendor: 'concur', operation: 'POST /oauth2/v0/token' };

const settled = () => Promise.resolve();

/** What is warned of when the first look ends so. */
async function warnings(renewIfDue: () => Promise<'renewed' | 'not due'>): Promise<unknown[]> {
  const told: unknown[] = [];
  const renewal = keepConcurRenewed({ concurTokens: { renewIfDue, settled } }, (...warning) =>
    told.push(warning),
  );
  onTestFinished(() => renewal.stop());
  await new Promise(setImmediate);
  return told;
}

describe('keepConcurRenewed', () => {
  it('looks at the start, and says nothing when all is well', async () => {
    let looks = 0;
    const told = await warnings(() => {
      looks += 1;
      return Promise.resolve('not due');
    });
    expect(looks).toBe(1);
    expect(told).toEqual([]);
  });

  it('says what to do when it fails, and quotes no text that is not ours (P9)', async () => {
    const message = 'the refresh token of SAP Concur was not renewed';
    const refused = new TerminalError('the refresh token has ended; get a new request token', facts);
    expect(await warnings(() => Promise.reject(refused))).toEqual([
      [
        message,
        { reason: `concur ${facts.operation}: the refresh token has ended; get a new request token` },
      ],
    ]);
    expect(await warnings(() => Promise.reject(new TypeError('refresh_token=abc')))).toEqual([
      [message, { reason: 'TypeError' }],
    ]);
  });

  it('stops only once no exchange is under way, whose answer the token file needs', async () => {
    let store = (): void => undefined;
    const exchange = new Promise<void>((resolve) => {
      store = resolve;
    });
    const renewIfDue = () => Promise.resolve('not due' as const);
    const concurTokens = { renewIfDue, settled: () => exchange };
    const renewal = keepConcurRenewed({ concurTokens }, () => undefined);
    let hasStopped = false;
    const stopped = renewal.stop().then(() => {
      hasStopped = true;
    });
    await new Promise(setImmediate);
    expect(hasStopped).toBe(false);
    store();
    await stopped;
  });

  it('does nothing where SAP Concur is not configured', async () => {
    const renewal = keepConcurRenewed({}, () => {
      throw new Error('there is nothing to warn of');
    });
    await expect(renewal.stop()).resolves.toBeUndefined();
  });
});
