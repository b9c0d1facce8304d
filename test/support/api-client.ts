import { onItsOwn } from './on-its-own.ts';
import { until } from './until.ts';

/** An answer of the API, with what every kind of answer may carry. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  body: {
    status?: string;
    type?: string;
    detail?: string;
    error?: string;
    decision?: { action: string; by: number; at: string };
    changes?: { what: string; was: string | null; now: string | null }[];
    words?: string[];
    errors?: unknown[];
    [key: string]: unknown;
  };
}

export interface PressOptions {
  action?: 'approve' | 'reject';
  reason?: string;
  email?: string;
  idempotencyKey?: string;
  prefer?: string;
  key?: string;
}

/** The API as Creator Studio's actions call it. */
export function apiClient(url: string, apiKey: string) {
  const request = async (
    method: string,
    path: string,
    init: { body?: unknown; headers?: Record<string, string>; key?: string } = {},
  ): Promise<ApiAnswer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...onItsOwn,
        authorization: `Bearer ${init.key ?? apiKey}`,
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? {} : (JSON.parse(text) as ApiAnswer['body']),
    };
  };
  const show = (id: number | string) => request('GET', `/approvals/${id}`);
  return {
    url,
    request,
    show,
    press: (
      ref: string | number,
      { action = 'approve', reason, email, idempotencyKey, prefer, key }: PressOptions = {},
    ) =>
      request('POST', `/approvals/${ref}/${action}`, {
        ...(reason === undefined && email === undefined
          ? {}
          : {
              body: {
                ...(reason === undefined ? {} : { reason }),
                ...(email === undefined ? {} : { approver_email: email }),
              },
            }),
        ...(key === undefined ? {} : { key }),
        headers: {
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          ...(prefer === undefined ? {} : { prefer }),
        },
      }),
    /** Waits until an approval is in a state, or has ended with an outcome. */
    waitFor: (id: number, wanted: { state?: string; outcome?: string }, timeoutMs?: number) =>
      until(
        `approval ${id} to be ${wanted.outcome ?? wanted.state ?? ''}`,
        async () => {
          const { status, body } = await show(id);
          if (status !== 200) return undefined;
          const matches =
            (wanted.state === undefined || body['state'] === wanted.state) &&
            (wanted.outcome === undefined || body['outcome'] === wanted.outcome);
          return matches ? body : undefined;
        },
        timeoutMs,
      ),
  };
}
