import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDevServer } from './dev-server.ts';
import type { DevServer } from './dev-server.ts';
import { readChildRecords } from './child-records.ts';
import { freePort } from './ports.ts';
import { signalGroup } from './signals.ts';
import { findTemporalCli } from './temporal-cli.ts';

const host = '127.0.0.1';
let home: string;
let running: DevServer | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'countersign-dev-server-'));
});
afterEach(async () => {
  await running?.child.stop(5_000);
  running = undefined;
  rmSync(home, { recursive: true, force: true });
});

/** The product's own tools folder, so that one install serves all. */
function cli(): Promise<string> {
  const tools = resolve(process.env['COUNTERSIGN_HOME'] ?? '.countersign');
  return findTemporalCli({ home: tools, env: process.env, log: () => undefined });
}

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

it(
  'survives kill -9: the same file on the same port has its workflows again',
  { timeout: 60_000 },
  async () => {
    const options = {
      cli: await cli(),
      home,
      dbFile: 'temporal.db',
      port: await freePort(22_000, host),
      uiPort: await freePort(22_200, host),
      searchAttributes: [
        { name: 'ApprovalId', type: SearchAttributeType.INT },
        { name: 'Approvers', type: SearchAttributeType.KEYWORD_LIST },
      ],
    };
    running = await startDevServer(options);
    const { address, uiUrl, child } = running;
    await withClient(address, (client) =>
      client.workflow.start('approval', { workflowId: 'approval-1', taskQueue: 'nobody' }),
    );
    expect((await fetch(uiUrl ?? '')).status).toBe(200);

    signalGroup(child.pid, 'SIGKILL');
    await child.exited;
    running = await startDevServer(options);
    expect(running.address).toBe(address);
    await withClient(address, async (client) => {
      const { status } = await client.workflow.getHandle('approval-1').describe();
      expect(status.name).toBe('RUNNING');
      const { config } = await client.workflowService.describeNamespace({ namespace: 'default' });
      expect(config?.workflowExecutionRetentionTtl?.seconds?.toNumber()).toBe(30 * 24 * 60 * 60);
      const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
        namespace: 'default',
      });
      expect(Object.keys(customAttributes).sort()).toEqual(['ApprovalId', 'Approvers']);
    });
  },
);

it('fails with the words of the server when it cannot come up, and leaves nothing running', async () => {
  const port = await freePort(22_400, host);
  const stranger = createServer((socket) => socket.destroy());
  stranger.listen(port, host);
  await once(stranger, 'listening');
  const starting = startDevServer({ cli: await cli(), home, port, searchAttributes: [] });
  await expect(starting).rejects.toThrow(/^temporal ended before it was ready[^]*address already in use/);
  expect(readChildRecords(home)).toEqual([]);
  await once(stranger.close(), 'close');
});
