import type { TestTenant } from '../test-tenant.ts';

/** What the page's tests do as a browser without scripts does it. */
export interface TestBrowser {
  /** The page's markup. */
  read(path: string): Promise<string>;
  /** Posts a form as its page would, and follows nothing. */
  send(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** The fields that a page's form holds when it is sent untouched. */
  fields(page: string, formId: string): Record<string, string>;
}

export function testBrowser(tenant: TestTenant): TestBrowser {
  return {
    read: async (path) => (await fetch(tenant.url + path)).text(),
    send: (path, fields, headers = {}) => {
      const body = new URLSearchParams(fields);
      const origin = { Origin: tenant.url, ...headers };
      return fetch(tenant.url + path, { method: 'POST', body, redirect: 'manual', headers: origin });
    },
    fields: formFields,
  };
}

function formFields(page: string, formId: string): Record<string, string> {
  const [, form = ''] = new RegExp(`<form[^>]* id="${formId}".*?>(.*?)</form>`, 's').exec(page) ?? [];
  const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([tag]) => [attr(tag, 'name'), attr(tag, 'value')]);
  const selects = [...form.matchAll(/<select[^>]*>.*?<\/select>/gs)].map(([whole]) => {
    const [chosen = ''] = /<option[^>]* selected="[^>]*>/.exec(whole) ?? /<option[^>]*>/.exec(whole) ?? [];
    return [attr(whole, 'name'), attr(chosen, 'value')];
  });
  return Object.fromEntries([...inputs, ...selects]) as Record<string, string>;
}

function attr(tag: string, name: string): string {
  return new RegExp(`[ ]${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}
