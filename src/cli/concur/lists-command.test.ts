import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../../connectors/http/errors.ts';
import { showLists } from './lists-command.ts';
import { pagesOf, scriptedClient, testTalk } from './test-talk.ts';
import { listVendors } from './vendors-command.ts';

const vendors = [
  { vendorCode: 'V-1', addressCode: 'A-1', name: 'Acme', approved: true, currencyCode: 'USD' },
  { vendorCode: 'V-1', addressCode: 'A-2', name: 'Acme', approved: false },
  { vendorCode: 'V-2', addressCode: 'A-1' },
];
const lists = [{ id: 'l1', name: 'Cost centres', levels: 1 }];
const items = [
  { code: 'CC1', name: 'Lab' },
  { code: 'CC2', name: 'Office' },
];

const { signal } = new AbortController();

function scene() {
  const script = testTalk();
  const client = scriptedClient({
    vendors: () => pagesOf(vendors.slice(0, 2), vendors.slice(2)),
    lists: () => pagesOf(lists),
    listItems: (id) => (id === 'l1' ? pagesOf(items.slice(0, 1), items.slice(1)) : pagesOf()),
    hasListItem: (id, code) => Promise.resolve(id === 'l1' && code === 'CC1'),
  });
  return { deps: { client, talk: script.talk, signal }, ...script };
}

describe('concur vendors', () => {
  it('shows the addresses of all pages in a table', async () => {
    const { deps, out } = scene();
    expect(await listVendors(deps, { json: false })).toBe(0);
    expect(out().split('\n')).toEqual([
      'Vendor code  Address code  Name  Approved  Currency',
      'V-1          A-1           Acme  yes       USD',
      'V-1          A-2           Acme  no        -',
      'V-2          A-1           -     -         -',
    ]);
  });

  it('shows all addresses of one code', async () => {
    const { deps, out } = scene();
    expect(await listVendors(deps, { json: true, code: 'V-1' })).toBe(0);
    expect(JSON.parse(out())).toEqual(vendors.slice(0, 2));
  });

  it('ends with 1 for a code that nobody has, and compares letter by letter', async () => {
    const { deps, out, said } = scene();
    expect(await listVendors(deps, { json: true, code: 'v-1' })).toBe(1);
    expect(JSON.parse(out())).toEqual([]);
    expect(said()).toContain('No vendor has the code v-1');
  });

  it('says so when there is none at all', async () => {
    const { deps, out, said } = scene();
    const client = scriptedClient({ vendors: () => pagesOf([]) });
    expect(await listVendors({ ...deps, client }, { json: false })).toBe(0);
    expect(out()).toBe('');
    expect(said()).toMatch(/no vendors/);
  });
});

describe('concur lists', () => {
  it('shows the lists with the ids that the settings need', async () => {
    const { deps, out } = scene();
    expect(await showLists(deps, { json: false })).toBe(0);
    expect(out()).toBe('List id  Name          Levels\nl1       Cost centres  1');
  });

  it('shows the items of one list', async () => {
    const { deps, out } = scene();
    expect(await showLists(deps, { json: true, listId: 'l1' })).toBe(0);
    expect(JSON.parse(out())).toEqual(items);
  });

  it.each([
    ['CC1', 0],
    ['CC9', 1],
  ])('tells whether a list has the item %s', async (code, ends) => {
    const { deps, out } = scene();
    expect(await showLists(deps, { json: true, listId: 'l1', code })).toBe(ends);
    expect(JSON.parse(out())).toEqual({ listId: 'l1', code, exists: ends === 0 });
  });

  it('names an item that is missing, its list, and what shows those that are there', async () => {
    const { deps, out, said } = scene();
    expect(await showLists(deps, { json: false, listId: 'l1', code: 'CC9' })).toBe(1);
    expect(out()).toBe('');
    expect(said()).toMatch(/no item CC9 on the first level of list l1; `countersign concur lists l1` shows/);
  });

  const facts = { vendor: 'concur', operation: 'GET /x' };
  const failing = (error: Error) => {
    const { deps, out, said } = scene();
    const client = scriptedClient({
      // eslint-disable-next-line require-yield -- it fails before its first page, as Concur does
      listItems: async function* () {
        throw await Promise.resolve(error);
      },
      hasListItem: () => Promise.reject(error),
    });
    return { deps: { ...deps, client }, out, said };
  };

  it.each([{}, { code: 'CC1' }])('names a list that is not there (%j), and ends with 1', async (more) => {
    const { deps, out, said } = failing(new TerminalError('HTTP 404', { ...facts, status: 404 }));
    expect(await showLists(deps, { json: true, listId: 'nope', ...more })).toBe(1);
    expect(out()).toBe('');
    expect(said()).toBe('SAP Concur has no list nope; `countersign concur lists` shows them.');
  });

  it.each([
    new TerminalError('HTTP 403', { ...facts, status: 403 }),
    new RetryableError('HTTP 500', { ...facts, status: 500 }),
  ])('leaves any other trouble as it is: $message', async (error) => {
    const { deps } = failing(error);
    await expect(showLists(deps, { json: false, listId: 'l1' })).rejects.toBe(error);
  });
});
