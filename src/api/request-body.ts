import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from './env.ts';
import { invalid, ProblemError } from './problem-error.ts';

/** 413 above so many bytes, before anything of the body is looked at. */
export function sizeLimitOf(maxBodyBytes: number) {
  return bodyLimit({
    maxSize: maxBodyBytes,
    onError: () => {
      throw new ProblemError('too-large', `The body may have ${maxBodyBytes} bytes at most.`);
    },
  });
}

/** 413 above 64 KiB. */
export const sizeLimit = sizeLimitOf(64 * 1024);

const jsonType = /^application\/([\w.-]+\+)?json$/;

/**
 * Settles what the body is before its shape is looked at. An empty one is no body, whatever content type is
 * claimed for it: middleware often sends `application/json` with nothing. Any other must be JSON: 415, or 422.
 */
export const jsonBody = createMiddleware<ApiEnv>(async (c, next) => {
  const text = await c.req.text();
  const headers = new Headers(c.req.raw.headers);
  headers.delete('content-length');
  headers.delete('content-type');
  const empty = text.trim() === '';
  if (!empty) {
    const [essence = ''] = (c.req.header('content-type') ?? '').split(';');
    if (!jsonType.test(essence.trim().toLowerCase())) {
      throw new ProblemError('unsupported-media-type', 'Send the body as application/json, or send none.');
    }
    try {
      JSON.parse(text);
    } catch {
      throw invalid([{ pointer: '', detail: 'The body is not valid JSON.' }]);
    }
    headers.set('content-type', 'application/json');
  }
  const { method, signal } = c.req.raw;
  c.req.raw = new Request(c.req.url, { method, headers, signal, ...(empty ? {} : { body: text }) });
  return next();
});

/** The body after `jsonBody`: parsed, or an empty object when none came. */
export async function bodyOf(c: Context<ApiEnv>): Promise<unknown> {
  return c.req.header('content-type') === undefined ? {} : c.req.json<unknown>();
}
