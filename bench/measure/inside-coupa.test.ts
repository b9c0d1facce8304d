import { expect, test } from 'vitest';
import type { VendorRequest } from '../drive/requests.ts';
import { insideCoupaMs, requestsOfPress } from './inside-coupa.ts';

const request = (at: number, method: string, path: string, durationMs = 80): VendorRequest => ({
  at,
  method,
  path,
  status: 200,
  durationMs,
});

const pressed = { approvalId: 70_001, requisitionId: 5_001, startedAtMs: 1_000 };

const record = [
  // The look before the card was sent.
  request(500, 'GET', '/api/approvals/70001'),
  request(590, 'GET', '/api/requisitions/5001'),
  request(1_020, 'GET', '/api/approvals/70001', 81),
  // Somebody else's.
  request(1_030, 'GET', '/api/approvals/700011', 500),
  request(1_100, 'GET', '/api/requisitions/5001', 82),
  request(1_180, 'PUT', '/api/approvals/70001/approve', 83),
  // The look for the next approval in the chain.
  request(1_270, 'GET', '/api/requisitions/5001', 84),
];

test('counts the reads before the write and the write, and nothing else', () => {
  expect(requestsOfPress(record, pressed).map(({ at }) => at)).toEqual([1_020, 1_100, 1_180]);
  expect(insideCoupaMs(record, pressed)).toBe(81 + 82 + 83);
});

test('says so when Coupa was never written to', () => {
  expect(() => insideCoupaMs(record.slice(0, -2), pressed)).toThrow('70001');
});
