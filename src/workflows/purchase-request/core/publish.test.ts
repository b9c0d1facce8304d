import { describe, expect, it } from 'vitest';
import { purchaseRequestMemoAtStart } from '../../../contract/purchase-request.ts';
import { utf8Bytes } from '../../bytes.ts';
import { detailsOf, memoOf, recordOf } from './publish.ts';
import { step } from './step.ts';
import { creating, document, fails, followed, handOver, minute, order } from './test-purchases.ts';

describe('what is shown of it', () => {
  it('begins with the very memo that it was started with', () => {
    const { id, origin } = order();
    expect(JSON.stringify(memoOf(order()))).toBe(
      JSON.stringify(purchaseRequestMemoAtStart({ id, origin, document }, minute(0))),
    );
    const handed = handOver();
    expect(JSON.stringify(memoOf(handed))).toBe(
      JSON.stringify(purchaseRequestMemoAtStart({ id: handed.id, origin: handed.origin }, minute(0))),
    );
  });

  it('keeps the memo under 2 KiB whatever the texts are', () => {
    const long = '☃"\n'.repeat(2_000);
    const core = followed({
      attention: { n: 1, reason: 'unknownOutcome', since: minute(0), what: long },
      concurId: long,
      summary: { description: long, currency: long, total: long, lines: 500 },
      status: {
        number: long,
        workflowStatus: long,
        exceptions: [],
        orders: Array.from({ length: 200 }, (_, index) => `PO${index}${long}`),
      },
    });
    expect(utf8Bytes(JSON.stringify(memoOf(core)))).toBeLessThan(1_900);
  });

  it('has room in the memo for all that a human is told', () => {
    const { core } = step(creating({ id: 'f'.repeat(32) }), fails('x'.repeat(500)), minute(1));
    expect(memoOf(core).attention).toEqual(core.attention);
  });

  it('names the state that people see, and the orders by their numbers', () => {
    const { core } = step(creating(), fails('lost'), minute(1));
    expect(recordOf(core)).toMatchObject({
      ref: 'ref:x1',
      state: 'needsAttention',
      attention: { n: 1 },
      trouble: { message: 'lost' },
      correlationId: 'k-1',
    });
    expect(detailsOf(core)).toContain('needsAttention');
    const status = { exceptions: [], orders: ['PO1'], workflowStatus: 'Approved', number: '100' };
    expect(memoOf(followed({ status }))).toMatchObject({
      state: 'accepted',
      orders: ['PO1'],
      workflowStatus: 'Approved',
    });
    expect(recordOf(followed({ status }))).toMatchObject({ concurId: 'c-1', status });
  });
});
