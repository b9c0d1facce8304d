import { expect, test } from 'vitest';
import { RequestRecord } from './request-record.ts';

test('shows the newest 20,000 requests, and an answer that comes later', () => {
  const record = new RequestRecord();
  const open = (id: number) => record.open({ method: 'GET', url: `http://127.0.0.1/api/approvals/${id}` });
  for (let id = 1; id <= 23_000; id += 1) open(id);
  const last = open(23_001);
  const shown = record.list();
  expect(shown).toHaveLength(20_000);
  expect(shown[0]?.path).toBe('/api/approvals/3002');
  expect(shown.at(-1)?.status).toBeNull();
  last.status = 200;
  expect(record.list().at(-1)?.status).toBe(200);
  record.clear();
  expect(record.list()).toEqual([]);
});
