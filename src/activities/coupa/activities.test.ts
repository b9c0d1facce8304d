import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { coupaControl } from '../../../test/support/sandbox-control.ts';
import type { Reading } from '../../contract/observation.ts';
import { createReadActivities, type ReadInput } from './activities.ts';
import { clientOf, lookingAt, tenantCredential, usualPolicy } from './fixtures/tenant.ts';
import { type LookPolicy, policyFingerprint } from './policy-fingerprint.ts';

const hour = 60 * 60_000;
const policy: LookPolicy = {
  ...usualPolicy,
  mode: 'decide',
  remindAfterMs: [24 * hour],
  quietHours: [],
  timeZone: 'UTC',
};

let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
beforeAll(async () => {
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
});
afterAll(() => sandbox.close());

function read(input: ReadInput): Promise<Reading> {
  const activities = createReadActivities({ ...lookingAt(clientOf(sandbox.url)), policy });
  return new MockActivityEnvironment().run(() => activities.readApproval(input));
}

describe('readApproval', () => {
  it('says what Coupa shows, when the first reminder would come, and which policy it applied', async () => {
    const { approvalId } = await coupaControl(sandbox.url).submit({ chain: [201] });
    const reading = await read({ approvalId, now: '2026-03-02T10:00:00.000Z' });
    expect(reading).toMatchObject({
      observation: { kind: 'actionable', approvers: [{ id: 201 }] },
      reminder: { due: false, nextAt: '2026-03-03T10:00:00.000Z' },
      policy: policyFingerprint(policy),
    });
  });

  it('says that a reminder is due by the clock that the workflow sends', async () => {
    const { approvalId } = await coupaControl(sandbox.url).submit({ chain: [201] });
    const now = '2026-03-03T11:00:00.000Z';
    const askedAt = '2026-03-02T10:00:00.000Z';
    const asked = await read({ approvalId, now, clock: { askedAt } });
    expect(asked.reminder).toEqual({ due: true, nextAt: null });
    const reminded = await read({ approvalId, now, clock: { askedAt, remindedAt: now } });
    expect(reminded.reminder).toEqual({ due: false, nextAt: null });
  });

  it('answers for a row that Coupa no longer has', async () => {
    const reading = await read({ approvalId: 99_999_999, now: '2026-03-02T10:00:00.000Z' });
    expect(reading.observation).toEqual({ kind: 'gone' });
  });
});
