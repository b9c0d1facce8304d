import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CoupaStore } from './store.ts';
import { createDraft, submit } from './submit.ts';

test('is heard of once after a batch of changes, also after one that failed', () => {
  const store = new CoupaStore(undefined);
  let heard = 0;
  store.subscribe(() => (heard += 1));
  store.batch(() => {
    submit(store, createDraft(store, {}));
    submit(store, createDraft(store, {}));
    expect(heard).toBe(0);
  });
  expect(heard).toBe(1);
  expect(() =>
    store.batch(() => {
      createDraft(store, {});
      throw new Error('half way');
    }),
  ).toThrow('half way');
  expect(heard).toBe(2);
  createDraft(store, {});
  expect(heard).toBe(3);
});

test('writes what a batch changed into its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coupa-store-'));
  try {
    const path = join(folder, 'coupa.json');
    const store = new CoupaStore(path);
    store.batch(() => createDraft(store, { title: 'In a batch' }));
    store.close();
    expect(readFileSync(path, 'utf8')).toContain('In a batch');
    const again = new CoupaStore(path);
    expect([...again.requisitions.between(0, 9999, 'asc')].map((one) => one.title)).toEqual(['In a batch']);
    again.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
