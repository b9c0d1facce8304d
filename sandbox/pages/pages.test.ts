import { expect, test } from 'vitest';
import { sharedFiles, staticFiles } from './static-files.ts';

const app = staticFiles(sharedFiles);

test('serves the shared files with their kinds, and 304 to a browser that has them', async () => {
  const answer = await app.request('/assets/base.css');
  expect(answer.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
  const headers = { 'If-None-Match': answer.headers.get('ETag') ?? '' };
  expect((await app.request('/assets/base.css', { headers })).status).toBe(304);
  expect((await app.request('/assets/icon.svg')).headers.get('Content-Type')).toContain('image/svg+xml');
});

test('serves nothing but the files it was given', async () => {
  expect((await app.request('/assets/..%2Fpage.tsx')).status).toBe(404);
  expect(() => staticFiles({ '/x': new URL('./page.tsx', import.meta.url) })).toThrow('page.tsx');
});
