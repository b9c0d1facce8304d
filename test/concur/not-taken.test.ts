import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runApi } from '../../src/cli/serve.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { createVendors, type ConnectedConfig } from '../../src/worker/vendors.ts';
import { apiClient } from '../support/api-client.ts';
import { purchasing } from '../support/concur-orders.ts';
import { quiet } from '../support/runtime.ts';
import { apiKey, host } from '../support/sandboxes.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ concur: true, workers: false, pollIntervalMs: 60 * 60_000 });
});
afterAll(async () => {
  await stack.stop();
});

describe('an API', () => {
  /** Asks another process of the API, of another configuration on the same Temporal. */
  async function withOther<T>(
    change: (config: ConnectedConfig) => ConnectedConfig,
    use: (other: ReturnType<typeof purchasing>) => Promise<T>,
  ): Promise<T> {
    const config = change(stack.config);
    const port = await freePort(0, host);
    const { coupa } = createVendors(config);
    const api = await runApi({ config, client: stack.client, coupa, logger: quiet, port });
    try {
      return await use(purchasing(apiClient(api.url, apiKey)));
    } finally {
      await api.stop(0);
    }
  }

  it.each(['shadow', 'notify'] as const)('in MODE=%s answers 409 and takes no order', async (mode) => {
    const { status, body } = await withOther(
      (config) => ({ ...config, policy: { ...config.policy, mode } }),
      (other) => other.post(`never-${mode}`),
    );
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: 'urn:countersign:problem:not-accepting' });
    expect(body.detail).toContain(`MODE=${mode}`);
    expect(await purchasing(stack.api).rows()).toEqual([]);
  });

  it('without SAP Concur answers 501, and names what to set', async () => {
    const { status, body } = await withOther(
      ({ concur: _, ...config }) => config,
      (other) => other.post('never-off'),
    );
    expect(status).toBe(501);
    expect(body.detail).toContain('CONCUR_CLIENT_ID');
  });
});
