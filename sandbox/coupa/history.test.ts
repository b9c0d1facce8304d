import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { MOST_HISTORY } from './history.ts';
import { startTestTenant } from './test-tenant.ts';

let folder: string;
let statePath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coupa-history-'));
  statePath = join(folder, 'coupa.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const stateFile = z.looseObject({ requisitions: z.array(z.looseObject({ history: z.array(z.unknown()) })) });
const saved = () => stateFile.parse(JSON.parse(readFileSync(statePath, 'utf8')));

test('keeps what happened to a requisition over a restart', async () => {
  const before = await startTestTenant({ statePath });
  await before.create({ requesterId: 103 });
  await before.control('PATCH', '/sandbox/requisitions/5001', { title: 'Renamed' });
  const body = { userId: 202, action: 'reject', reason: 'No budget' };
  await before.control('POST', '/sandbox/approvals/70002/decide', body);
  await before.close();

  const after = await startTestTenant({ statePath });
  try {
    const page = await (await fetch(`${after.url}/requisitions/5001`)).text();
    expect(page).toMatch(
      /Rejected by Bo Ss.*No budget.*Edited by Ollie Order.*title.*Submitted by Ollie Order.*Created by/s,
    );
  } finally {
    await after.close();
  }
});

test('loads a state file from before there was a history, and goes on recording', async () => {
  const before = await startTestTenant({ statePath });
  await before.create();
  await before.close();
  const state = saved();
  const old = state.requisitions.map(({ history, ...requisition }) => requisition);
  writeFileSync(statePath, JSON.stringify({ ...state, requisitions: old }));

  const after = await startTestTenant({ statePath });
  try {
    const read = async () => (await fetch(`${after.url}/requisitions/5001`)).text();
    expect(await read()).toContain('Nothing is recorded.');
    await after.control('POST', '/sandbox/requisitions/5001/withdraw');
    expect(await read()).toContain('Withdrawn by Rhea Quester');
  } finally {
    await after.close();
  }
});

test('keeps a bounded number of entries, the newest', async () => {
  const tenant = await startTestTenant({ statePath });
  await tenant.create();
  for (let count = 0; count < MOST_HISTORY; count += 1) {
    await tenant.control('PATCH', '/sandbox/requisitions/5001', { title: `Title ${count}` });
  }
  await tenant.close();
  const [requisition] = saved().requisitions;
  expect(requisition?.history).toHaveLength(MOST_HISTORY);
  expect(requisition?.history.at(-1)).toMatchObject({ event: 'edited', note: 'title' });
});
