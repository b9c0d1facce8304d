import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { failureOf } from '../../connectors/http/test-server.ts';
import { readDocument } from './read-document.ts';
import { readRequestFile } from './request-file.ts';
import { testTalk } from './test-talk.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-request-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const nothing = Readable.from([]);

function fileOf(text: string): string {
  const file = join(folder, 'request.json');
  writeFileSync(file, text);
  return file;
}

const good = {
  userEmail: 'dana@acme.example',
  currencyCode: 'USD',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'V-1',
      vendorAddressCode: 'A-1',
      description: 'Gloves',
      quantity: '12',
      unitPrice: '18.75',
      uoMCode: 'EA',
    },
  ],
};

function reading(content: unknown, json = false) {
  const script = testTalk();
  const file = fileOf(JSON.stringify(content));
  const read = readDocument({ file, json }, { talk: script.talk, input: nothing });
  return read.then((document) => ({ document, out: script.out(), said: script.said() }));
}

describe('the file of a purchase request', () => {
  it('is read from a file, or from standard input', async () => {
    const text = `\uFEFF${JSON.stringify({ a: 'ü' })}`;
    expect(await readRequestFile(fileOf(text), nothing)).toEqual({ a: 'ü' });
    expect(await readRequestFile('-', Readable.from([Buffer.from(text)]))).toEqual({ a: 'ü' });
  });

  it.each([
    ['{"a":1,\n "b": secret}', /line 2, column 7/],
    ['{"a":1,}', /line 1, column 8/],
    ['{"a":truth}', /line 1, column 9/],
    ['{"a":"', /no JSON: it ends too early/],
    ['', /no JSON: it ends too early/],
    [' '.repeat(600 * 1024), /more than 524288 bytes/],
  ])('that cannot be read is named in one sentence without its content', async (text, sentence) => {
    for (const failure of [
      await failureOf(readRequestFile(fileOf(text), nothing)),
      await failureOf(readRequestFile('-', Readable.from([Buffer.from(text)]))),
    ]) {
      const message = String(failure);
      expect(message).toMatch(sentence);
      expect(message).not.toContain('secret');
      expect(message).not.toContain('\n');
    }
  });

  it('that is not there is named', async () => {
    const failure = await failureOf(readRequestFile(join(folder, 'none.json'), nothing));
    expect(String(failure)).toMatch(/none\.json cannot be read \(ENOENT\)/);
  });

  it('becomes the document that the HTTP interface would make of it', async () => {
    const { document } = await reading(good);
    const [{ uoMCode, ...line } = { uoMCode: '' }] = good.lineItems;
    expect(document).toEqual({ ...good, lineItems: [{ ...line, uomCode: uoMCode }] });
  });

  it('is told all that is wrong with it at once, by line and field', async () => {
    const [line] = good.lineItems;
    const { document, said, out } = await reading({
      ...good,
      currencyCode: 'usd',
      colour: 'red',
      lineItems: [line, { ...line, quantity: 12, price: '1' }],
    });
    expect(document).toBe(1);
    expect(said).toMatch(/^ {2}currencyCode: /m);
    expect(said).toMatch(/^ {2}colour: .*no such field/m);
    expect(said).toMatch(/^ {2}line 2, quantity: /m);
    expect(said).toMatch(/^ {2}line 2, price: /m);
    expect(out).toBe('');
  });

  it('gives its problems as one document under --json', async () => {
    const { out } = await reading({}, true);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'invalid' });
  });

  it('notifies nobody from here, and says so', async () => {
    const { said } = await reading({ ...good, notify: 'someone@acme.example' });
    expect(said).toMatch(/Nobody is notified/);
  });
});
