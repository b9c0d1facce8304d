import type { z } from 'zod';

/** Sends one request and checks the answer's shape. Throws for any status but a 2xx. */
export async function call<S extends z.ZodType>(
  shape: S,
  method: string,
  url: string,
  body?: object,
): Promise<z.infer<S>> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(url, { method, ...init });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text.slice(0, 200)}`);
  return shape.parse(text === '' ? undefined : JSON.parse(text));
}
