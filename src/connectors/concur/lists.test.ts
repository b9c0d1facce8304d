import { describe, expect, it } from 'vitest';
import { failureOf } from '../http/test-server.ts';
import { answeredBy, clientOf, pagesOf, reply, startConcur } from './test-concur.ts';

const item = (n: number, more: object = {}) => ({
  id: `i${n}`,
  code: `L-C${n}`,
  shortCode: `C${n}`,
  value: `Centre ${n}`,
  level: 1,
  isDeleted: false,
  ...more,
});
const page = (content: unknown, totalPages: unknown = 1) => ({
  content,
  links: [],
  page: { number: 1, size: 100, totalElements: 1, totalPages },
});

/** Concur with so many pages of one row each. */
function pagesOfOne(totalPages: number, row: (n: number) => object = item) {
  return startConcur((response, { url }) => {
    const n = Number(new URL(url, 'http://x').searchParams.get('page'));
    reply(response, 200, page([row(n)], totalPages));
  });
}

describe('lists', () => {
  it('come with id, name and levels; deleted ones do not', async () => {
    const list = { id: 'a80e', value: 'Cost centres', levelCount: 2, isDeleted: false };
    const { client, seen } = await answeredBy(
      200,
      page([list, { ...list, id: 'gone', isDeleted: true }, { id: 'bare' }, { value: 'no id' }, 7]),
    );
    expect(await pagesOf(client.lists())).toEqual([
      [
        { id: 'a80e', name: 'Cost centres', levels: 2 },
        { id: 'bare', name: 'bare' },
      ],
    ]);
    expect(seen.map(({ url }) => url)).toEqual(['/list/v4/lists?isDeleted=false&page=1']);
  });

  it('come page after page, to the last one', async () => {
    const { url, seen } = await pagesOfOne(3, (n) => ({ id: `l${n}`, value: `List ${n}` }));
    expect(await pagesOf(clientOf(url).lists())).toHaveLength(3);
    expect(seen).toHaveLength(3);
  });

  it('end with the first page where there is none', async () => {
    const { client, seen } = await answeredBy(200, page([], '0'));
    expect(await pagesOf(client.lists())).toEqual([[]]);
    expect(seen).toHaveLength(1);
  });

  it('do not go on for ever when the page is not heard', async () => {
    const { client, seen } = await answeredBy(200, page([{ id: 'l', value: 'List' }], 1_000_000));
    expect(await failureOf(pagesOf(client.lists()))).toMatchObject({ name: 'TerminalError' });
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['no page', { content: [] }],
    ['a count of pages that is none', page([], -1)],
    ['rows of another shape', page([{ ID: 'x' }])],
    ['an error', { error: { id: 'x', message: 'No' }, httpStatus: '200' }],
  ])('are not taken from an answer with %s', async (_what, body) => {
    const { client } = await answeredBy(200, body);
    expect(await failureOf(pagesOf(client.lists()))).toMatchObject({ name: 'TerminalError' });
  });
});

describe('listItems', () => {
  it('are those of the first level, with their own codes; deleted ones are left out', async () => {
    const { client, seen } = await answeredBy(200, page([item(1), item(2, { isDeleted: 'true' }), item(3)]));
    expect(await pagesOf(client.listItems('l/1'))).toEqual([
      [
        { code: 'C1', name: 'Centre 1' },
        { code: 'C3', name: 'Centre 3' },
      ],
    ]);
    expect(seen.map(({ url }) => url)).toEqual(['/list/v4/lists/l%2F1/children?page=1']);
  });
});

describe('hasListItem', () => {
  it('asks for the code by itself', async () => {
    const { client, seen } = await answeredBy(200, page([item(7)]));
    expect(await client.hasListItem('l1', 'C7')).toBe(true);
    expect(seen.map(({ url }) => url)).toEqual(['/list/v4/lists/l1/children?shortCode=eq%3AC7&page=1']);
  });

  it.each([
    ['nothing', []],
    ['another code that begins alike', [item(71)]],
    ['the code in lower case', [item(7, { shortCode: 'c7' })]],
    ['the code as a long code', [item(1, { code: 'C7' })]],
    ['the code as a name', [item(1, { value: 'C7' })]],
    ['an item that is deleted', [item(7, { isDeleted: true })]],
  ])('compares the code again: %s', async (_what, rows) => {
    const { client } = await answeredBy(200, page(rows, rows.length));
    expect(await client.hasListItem('l1', 'C7')).toBe(false);
  });

  it('looks at the next page too, and does not say no where they do not end', async () => {
    const { url, seen } = await pagesOfOne(1000);
    const client = clientOf(url);
    expect(await client.hasListItem('l1', 'C2')).toBe(true);
    expect(seen).toHaveLength(2);
    expect(await failureOf(client.hasListItem('l1', 'C999'))).toMatchObject({ name: 'TerminalError' });
    expect(seen).toHaveLength(12);
  });

  it('does not take a list that Concur does not know for one without the code', async () => {
    const { client } = await answeredBy(404, { error: { id: 'x', message: 'No list' } });
    expect(await failureOf(client.hasListItem('l1', 'C7'))).toMatchObject({
      name: 'TerminalError',
      status: 404,
    });
  });
});
