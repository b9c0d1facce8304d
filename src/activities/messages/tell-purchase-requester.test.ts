import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMoveworksSandbox } from '../../../sandbox/index.ts';
import { moveworksControl } from '../../../test/support/sandbox-control.ts';
import { createMoveworksClient } from '../../connectors/moveworks/client.ts';
import { guideCardFields } from '../../contract/card-fields.ts';
import type { TellPurchaseRequesterInput } from '../../contract/concur-work.ts';
import { Secret } from '../../contract/secret.ts';
import { createReferences } from '../../references/references.ts';
import { toFailure } from '../failures.ts';
import { createMessageActivities, type MessageDeps } from './activities.ts';

const eventId = '00000000-0000-4000-8000-000000000001';
const noticeEventId = '00000000-0000-4000-8000-000000000002';
const input: TellPurchaseRequesterInput = {
  to: 'rhea.quester@example.test',
  news: 'ordered',
  summary: { description: 'Lab <restock>', currency: 'EUR', total: '1225.1', lines: 1 },
  requisitionId: 5001,
  orders: [{ number: 'PO10417' }],
  problems: [],
};

async function setUp(more: Partial<MessageDeps> = {}) {
  const sandbox = await startMoveworksSandbox({
    apiKey: 'moveworks-api-key',
    requestsPerMinute: 0,
    events: [
      { id: eventId, kind: 'decision', slots: ['approval_id'] },
      { id: noticeEventId, kind: 'notice', slots: [] },
    ],
  });
  onTestFinished(() => sandbox.close());
  const activities = createMessageActivities({
    moveworks: createMoveworksClient({
      baseUrl: sandbox.url,
      auth: { kind: 'apiKey', apiKey: new Secret('moveworks-api-key') },
      requestsPerMinute: 6_000,
    }),
    references: createReferences([new Secret('test-reference-secret-test-reference-secret')]),
    eventId,
    noticeEventId,
    slots: ['approval_id'],
    // About approvals alone: it says nothing about purchase requests.
    notifyRequester: 'none',
    style: {
      mode: 'decide',
      locale: 'de-DE',
      timeZone: 'UTC',
      cardFields: guideCardFields,
      coupaBaseUrl: 'https://acme.coupahost.com',
    },
    ...more,
  });
  const tell = (told: TellPurchaseRequesterInput) =>
    new MockActivityEnvironment().run(() => activities.tellPurchaseRequester(told));
  return { tell, moveworks: moveworksControl(sandbox.url) };
}

describe('tellPurchaseRequester', () => {
  it('sends a notice without buttons, in the reader’s way of writing amounts', async () => {
    const { tell, moveworks } = await setUp();
    expect(await tell(input)).toBe('sent');
    const [notice, ...more] = await moveworks.messages();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ kind: 'notice', recipients: [input.to], slots: {}, actions: [] });
    expect(notice?.message.split('\n')).toEqual([
      '<b>Your purchase request has become a purchase order</b>',
      '- <i>Name</i>: Lab &lt;restock&gt;',
      '- <i>Amount</i>: 1.225,10 EUR (without tax and shipping)',
      '- <i>Requisition ID</i>: 5001',
      '<b>Purchase orders</b>',
      '- PO10417',
    ]);
  });

  it('sends nothing where there is no event for notices', async () => {
    const { tell, moveworks } = await setUp({ noticeEventId: undefined });
    expect(await tell(input)).toBe('not wanted');
    expect(await moveworks.requests()).toEqual([]);
  });

  it('fails for good when Moveworks does not know the address, and does not repeat it (P9)', async () => {
    const { tell } = await setUp();
    const failure = await tell({ ...input, to: 'nobody@example.test' }).catch(toFailure);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ nonRetryable: true, type: 'RefusedError' });
    expect(JSON.stringify(failure)).not.toContain('nobody');
  });

  it('may be tried again after an outage', async () => {
    const { tell, moveworks } = await setUp();
    await moveworks.fault({ route: 'send', kind: 'status', status: 503 });
    expect(await tell(input).catch(toFailure)).toMatchObject({ nonRetryable: false });
    expect(await tell(input)).toBe('sent');
  });
});
