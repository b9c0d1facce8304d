import { describe, expect, it } from 'vitest';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import { RetryableError, TerminalError } from '../../connectors/http/errors.ts';
import { readOrders } from './orders.ts';
import { scripted } from './test-concur.ts';

const facts = { vendor: 'concur', operation: 'GET /api/v3.0/invoice/purchaseorders/:id' };
const refused = (status: number) => new TerminalError('no', { ...facts, status });

function orders(numbers: readonly string[], getPurchaseOrder: ConcurClient['getPurchaseOrder']) {
  return readOrders(scripted({ getPurchaseOrder }), numbers, new AbortController().signal);
}

describe('readOrders', () => {
  it('tells what Concur lets be read, and the number alone of one that it does not know', async () => {
    const read = await orders(['PO1', 'PO2', 'PO3'], (number) =>
      Promise.resolve(
        {
          PO1: { number, status: 'Transmitted', orderDate: '2026-03-02T00:00:00', vendorCode: 'V-1' },
          PO2: { number },
        }[number],
      ),
    );
    expect(read).toEqual([
      { number: 'PO1', status: 'Transmitted', orderedOn: '2026-03-02T00:00:00', vendorCode: 'V-1' },
      { number: 'PO2' },
      { number: 'PO3' },
    ]);
  });

  it('gives the numbers alone, after one refusal of each request under way, where the right is missing', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `PO${index}`);
    let asked = 0;
    const read = await orders(numbers, () => {
      asked += 1;
      return Promise.reject(refused(403));
    });
    expect(read).toEqual(numbers.map((number) => ({ number })));
    expect(asked).toBeLessThanOrEqual(4);
  });

  it('goes on after one that cannot be read for itself', async () => {
    const read = await orders(['PO1', 'PO2'], (number) =>
      number === 'PO1' ? Promise.reject(refused(400)) : Promise.resolve({ number, status: 'Closed' }),
    );
    expect(read).toEqual([{ number: 'PO1' }, { number: 'PO2', status: 'Closed' }]);
  });

  it('throws what may be tried again', async () => {
    const outage = new RetryableError('HTTP 503', facts);
    await expect(orders(['PO1'], () => Promise.reject(outage))).rejects.toBe(outage);
  });
});
