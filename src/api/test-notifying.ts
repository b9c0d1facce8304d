import type { ApprovalRecord } from '../contract/approval.ts';
import type { DeliveryReport } from '../contract/notification.ts';
import { testApi } from './test-api.ts';
import { recordOf } from './test-engine.ts';

/** A message to two people, and one that asks an approver about approval 70002. */
export const plain = { message: '<b>Hello</b>\n', recipients: ['jamie@example.com', 'robin@example.com'] };
export const about = {
  message: 'Please decide.',
  recipients: ['Jamie@Example.com'],
  context: { approval_id: '70002' },
};
/** An API over an engine that knows approval 70002, and `notify` for its one route. */
export function notifying(record: Partial<ApprovalRecord> = {}) {
  const api = testApi();
  api.engine.open(70002).record = recordOf(70002, record);
  const notify = (body: unknown, headers: Record<string, string> = {}) =>
    api.postJson('/notifications', body, headers);
  const started = () => [...api.engine.notifications.values()];
  const ends = (...deliveries: DeliveryReport[]) => {
    api.engine.notificationEnd = { kind: 'done', result: { deliveries } };
  };
  return { ...api, notify, started, ends };
}
