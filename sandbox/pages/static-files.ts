import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** The files that every page needs. */
export const sharedFiles = {
  '/assets/base.css': new URL('./assets/base.css', import.meta.url),
  '/assets/icon.svg': new URL('./assets/icon.svg', import.meta.url),
};

/** What the pages of documents need besides: those of Coupa's requisitions and of Concur's purchase requests. */
export const documentFiles = {
  '/assets/documents.css': new URL('./assets/documents.css', import.meta.url),
  '/assets/live.js': new URL('./assets/live.js', import.meta.url),
};

/**
 * Routes that serve these files (path -> file) and no others, revalidated by ETag. They are read once, here.
 * Throws when a file is missing or of a kind that pages do not use.
 */
export function staticFiles(files: Readonly<Record<string, URL>>): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  for (const [path, file] of Object.entries(files)) {
    const type = types[extname(file.pathname)];
    if (type === undefined) throw new Error(`${file.pathname} is no file for a page.`);
    const content = readFileSync(file, 'utf8');
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: etag };
    app.get(path, (c) => {
      if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers);
      return c.body(content, 200, headers);
    });
  }
  return app;
}
