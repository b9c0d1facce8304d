import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mappingSchema } from '../../src/activities/hand-off/mapping-schema.ts';
import { purchaseRequestBody, toDocument } from '../../src/api/purchase-requests/body.ts';
import { resolutionBody } from '../../src/api/purchase-requests/resolution-body.ts';
import { attentionShape } from '../../src/api/purchase-requests/shapes.ts';
import { readConcurArguments } from '../../src/cli/concur/options.ts';
import { readEnvironment } from '../../src/config/env-file.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { variableNames } from '../../src/config/variables.ts';
import type { ConcurClient } from '../../src/connectors/concur/types.ts';
import { type Company, startCompany } from '../support/concur-company.ts';
import { blocksOf } from '../support/doc-blocks.ts';

const root = new URL('../../', import.meta.url);
const guide = readFileSync(new URL('docs/concur.md', root), 'utf8');
const blocks = blocksOf(guide);

/** The part of the guide below a heading, up to the next one of its level or of a higher one. */
function section(heading: string): string {
  const [, found] = guide.split(`\n${heading}\n`);
  if (found === undefined) throw new Error(`the guide has no ${heading}`);
  const [level = ''] = heading.split(' ');
  return found.split(new RegExp(`\n#{1,${level.length}} `))[0] ?? '';
}

/** What stands in backticks at the beginning of each row of a section's tables. */
function firstColumn(heading: string): string[] {
  return [...section(heading).matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
}

/** The JSON of the only block that follows this prose. */
function jsonAfter(prose: RegExp): unknown {
  const found = blocks.filter(({ language, before }) => language === 'json' && prose.test(before));
  if (found.length !== 1) throw new Error(`${found.length} blocks of JSON after ${String(prose)}`);
  return JSON.parse(found[0]?.text ?? '');
}

describe('the names in the Concur guide', () => {
  it('of variables are those of the configuration, or of its own commands', () => {
    const own = blocks.flatMap(({ language, text, after }) => [
      ...(language === 'sh' ? [...text.matchAll(/^export ([A-Z_]+)=/gm)] : []),
      ...after.matchAll(/Keep\s+`[\w.-]+`\s+in\s+`(\w+)`/g),
    ]);
    const scopesAndStatuses = ['INV_PURCH_REQ_USER', 'CREATE_FAILED'];
    const known = new Set<string>([
      ...variableNames,
      ...own.map(([, name = '']) => name),
      ...scopesAndStatuses,
    ]);
    const named = [...guide.matchAll(/(?<![\w/])[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]\b/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('of variables for Concur are all that there are', () => {
    const concurs = variableNames.filter((name) => name.startsWith('CONCUR_'));
    expect(concurs.length).toBeGreaterThan(5);
    expect(concurs.filter((name) => !guide.includes(name))).toEqual([]);
  });

  it('of reasons for attention, and of resolutions, are all that there are', () => {
    expect(
      firstColumn('### When a human is needed')
        .filter((name) => !name.startsWith('{'))
        .toSorted(),
    ).toEqual(attentionShape.shape.reason.options.toSorted());
    const outcomes = firstColumn('### When a human is needed').flatMap((name) =>
      name.startsWith('{')
        ? [resolutionBody.parse(JSON.parse(name.replaceAll(/<\w+\.?>/g, '100417'))).outcome]
        : [],
    );
    expect(outcomes).toEqual(['created', 'created', 'notCreated', 'abandoned']);
  });

  it('of commands and their options are taken by the command', () => {
    const commands = firstColumn('## The command').map((command) => command.replaceAll('\\|', '|'));
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      const base = command
        .replace(/^countersign concur /, '')
        .replaceAll(/ \[.*?\]/g, '')
        .split(' ');
      const options = [...command.matchAll(/\[(.*?)\]/g)].flatMap(([, words = '']) => words.split(' | '));
      for (const option of ['', ...options]) {
        const args = [...base, ...option.split(' ')].filter((word) => word !== '');
        expect(readConcurArguments(args), args.join(' ')).toMatchObject({ command: base[0] });
      }
    }
  });
});

describe('the examples of the Concur guide', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-guide-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('of a mapping passes as the mapping file does', () => {
    const mapping = mappingSchema.parse(jsonAfter(/`CONCUR_MAPPING_FILE`,\s+which is\s+checked/));
    expect(mapping.suppliers.get('acme office')).toMatchObject({ vendorCode: 'V-7781' });
    expect(mapping.commodities?.get('laptops')).toMatchObject({ purchaseType: 'GOODS' });
  });

  it('of the hand-off and of list fields mean what is said, in a .env file', () => {
    const [example] = blocks.filter(({ language }) => language === 'dotenv');
    const [, fields = ''] = /`(CONCUR_LIST_FIELDS=[^`]+)`/.exec(guide) ?? [];
    const concur = [
      'CLIENT_ID=client',
      'CLIENT_SECRET=secret',
      'COMPANY_UUID=08bcca1e-0d4f-4261-9f1b-f778d96617d6',
    ];
    const text = [
      example?.text,
      fields.replaceAll('<list id>', '11111111-aaaa-4000-8000-000000000001'),
      ...concur.map((line) => `CONCUR_${line}`),
      'COUPA_BASE_URL=https://acme.coupahost.com',
      'COUPA_CLIENT_ID=client',
      'COUPA_CLIENT_SECRET=secret',
      'MOVEWORKS_EVENT_ID=00000000-0000-4000-8000-000000000001',
      'MOVEWORKS_API_KEY=key',
      'API_KEYS=erp:a-secret-of-more-than-twenty-characters',
      'REFERENCE_SECRETS=another-secret-of-more-than-thirty-two-characters',
    ];
    writeFileSync(join(folder, '.env'), text.join('\n'));
    const loaded = loadConfig(readEnvironment({ cwd: folder, env: {} }));
    expect(loaded).toMatchObject({ ok: true });
    const configured = loaded.ok ? loaded.config.concur : undefined;
    expect(configured?.handOff?.when).toEqual({
      since: '2026-12-01',
      suppliers: ['acme office', 'dell'],
      commodities: ['laptops'],
      currencies: ['EUR', 'USD'],
      atMost: '5000',
    });
    expect(configured?.listFields.map(({ on, field }) => `${on} ${field}`)).toEqual([
      'header custom1',
      'line custom3',
    ]);
  });

  it('of a purchase request passes as the API’s body does', () => {
    expect(exampleBody()).toHaveProperty('lineItems');
  });
});

/** The guide's `request.json`, checked as `POST /purchase-requests` checks it. */
const exampleBody = () => purchaseRequestBody.parse(jsonAfter(/`request\.json`, with codes/));

/** One call of each kind that the product makes. */
const calls: readonly ((client: ConcurClient) => Promise<unknown>)[] = [
  (client) =>
    client.createPurchaseRequest(toDocument(exampleBody()).document, {
      correlationId: '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21',
    }),
  (client) => client.getPurchaseRequest('5b0f6f0a-7c35-4f0e-9a57-2d2f6b1f9c11'),
  (client) => client.hasVendor({ vendorCode: 'ACME', addressCode: 'ACME-01' }),
  (client) => client.lists().next(),
  (client) => client.hasListItem('11111111-aaaa-4000-8000-000000000001', 'CC100'),
  (client) => client.getPurchaseOrder('PO10001'),
];

describe('the scopes of the Concur guide', () => {
  const named = firstColumn('## 2. Scopes');

  async function withScopes<T>(
    grantedScopes: readonly string[],
    run: (company: Company) => Promise<T>,
  ): Promise<T> {
    const company = await startCompany();
    await company.control.settings({ grantedScopes });
    return run(company).finally(() => company.stop());
  }

  it('are those that errors name, each by the call that needs it', async () => {
    const missing = await withScopes(['identity.user.ids.read'], async (company) => {
      const client = company.client(company.companyTokens());
      const errors: string[] = [];
      for (const call of calls) await call(client).catch((error: unknown) => errors.push(String(error)));
      return errors;
    });
    const inErrors = missing.map((error) => named.filter((scope) => error.includes(scope)).join(' '));
    expect(inErrors.toSorted()).toEqual(named.toSorted());
  });

  it('are enough for all that is done', async () => {
    await withScopes(named, async (company) => {
      const client = company.client(company.companyTokens());
      for (const call of calls) await call(client);
      expect(await company.control.purchaseRequests()).toHaveLength(1);
    });
  });
});

describe('what is shown by which test', () => {
  const rows = [
    ...section('## What is shown by which test').matchAll(/^\|[^|]+\| `(test\/\S+)`: (.+?) +\|$/gm),
  ];
  /** The full names in a test file: those of its describe and it, one after the other. */
  const namesIn = (file: string): string[] => {
    let suite = '';
    return [...readFileSync(new URL(file, root), 'utf8').matchAll(/^ *(describe|it)\('(.+?)',/gm)].flatMap(
      ([, kind, name = '']) => {
        if (kind === 'it') return [`${suite} ${name}`];
        suite = name;
        return [];
      },
    );
  };

  it('is a test by that very name', () => {
    expect(rows.length).toBeGreaterThan(10);
    const absent = rows.filter(([, file = '', name = '']) => !namesIn(file).includes(name));
    expect(absent.map(([row]) => row)).toEqual([]);
  });

  it('is all that the tests of SAP’s statements show', () => {
    const named = rows.map(([, , name]) => name);
    expect(named.toSorted()).toEqual(namesIn('test/concur/seed.test.ts').toSorted());
  });
});
