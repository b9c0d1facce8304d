import type { Context } from 'hono';
import { html } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';

type Markup = JSX.Element;

/** Answers with a whole page: the markup of a `Page`, after the document type. */
export function pageAnswer(c: Context, page: Markup, status: 200 | 400 | 404 | 409 | 422 = 200) {
  return c.html(html`<!doctype html>${page}`, status);
}
