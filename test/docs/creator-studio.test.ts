import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problems } from '../../src/api/problems.ts';
import { variableEntries, variableNames } from '../../src/config/variables.ts';
import { cardFields, guideCardFields } from '../../src/contract/card-fields.ts';
import { blocksOf, commandsOf, namedParts, valueAt } from '../support/doc-blocks.ts';
import { paste } from '../support/doc-shell.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';

const guide = readFileSync(new URL('../../docs/creator-studio.md', import.meta.url), 'utf8');
const blocks = blocksOf(guide);
const commands = commandsOf(blocks);
const approver = { id: 201, address: 'ada.prover@example.test' };

/** Names that the guide tells its reader to set or to keep before a command uses them. */
const setNames = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => [...text.matchAll(/\b([A-Z][A-Z_]*)=/g)].map(([, name = '']) => name));
const keptNames = commands.flatMap(({ expected }) => expected?.keep.map(({ variable }) => variable) ?? []);

describe('the commands of the guide', () => {
  let stack: Stack;
  let variables: Record<string, string>;

  /** An approval that waits for the guide's approver, as its reader is told to have one. */
  async function takeAnother(): Promise<{ APPROVAL_ID: string; REFERENCE: string }> {
    const { approvalId } = await stack.coupa.submit({ chain: [approver.id] });
    const reference = await stack.moveworks.card(approvalId);
    await stack.api.waitFor(approvalId, { state: 'asked' });
    return { APPROVAL_ID: String(approvalId), REFERENCE: reference };
  }

  beforeAll(async () => {
    stack = await startStack();
    const { coupa, moveworks, api } = stack.config;
    if (moveworks.auth.kind !== 'apiKey') throw new Error('the stack sends with an API key');
    const { APPROVAL_ID } = await takeAnother();
    variables = {
      PUBLIC_URL: stack.api.url,
      API_KEY_NAME: api.keys[0]?.name ?? '',
      API_KEY: api.keys[0]?.secret.reveal() ?? '',
      APPROVER: approver.address,
      APPROVAL_ID,
      COUPA_BASE_URL: coupa.baseUrl,
      COUPA_CLIENT_ID: coupa.clientId,
      COUPA_CLIENT_SECRET: coupa.clientSecret.reveal(),
      MOVEWORKS_BASE_URL: moveworks.baseUrl,
      MOVEWORKS_NOTICE_EVENT_ID: moveworks.noticeEventId ?? '',
      MOVEWORKS_API_KEY: moveworks.auth.apiKey.reveal(),
    };
    // What has just been asked is listed a moment later.
    await until('the approval in the list', async () => {
      const { body } = await stack.api.request('GET', `/approvals?approver=${approver.id}&state=asked`);
      return z.array(z.unknown()).parse(body['data']).length > 0;
    });
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('are there, and each says what it answers', () => {
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter(({ expected }) => expected === undefined).map(({ block }) => block.text)).toEqual(
      [],
    );
  });

  it('need the variables that the guide has its reader set', () => {
    expect(setNames.toSorted()).toEqual(Object.keys(variables).toSorted());
  });

  it.each(commands.map((command) => ({ ...command, line: command.block.line })))(
    'answer what the guide says (line $line)',
    async ({ block, expected }) => {
      if (/another\s+reference/.test(block.before)) Object.assign(variables, await takeAnother());
      const { status, body } = await paste(block.text, variables);
      expect({ status, body }).toMatchObject({ status: expected?.status });
      if (expected?.body !== undefined) expect(namedParts(expected.body, body)).toEqual(expected.body);
      for (const { path, variable } of expected?.keep ?? []) variables[variable] = valueAt(body, path);
    },
  );

  it('call every route of the interface but those for SAP Concur, which has a guide of its own', async () => {
    const { body } = await stack.api.request('GET', '/openapi.json');
    const paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(body['paths']);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    // The document that lists the routes does not list itself.
    const wanted = [...routes, 'GET /openapi.json'].filter((route) => !route.includes(' /purchase-requests'));
    const called = commands.flatMap(({ block: { text } }) => {
      const [, path] = /"\$PUBLIC_URL(\/[^"?]*)[?"]/.exec(text) ?? [];
      const method = / -X POST\b/.test(text) ? 'POST' : 'GET';
      return path === undefined ? [] : [`${method} ${path}`];
    });
    const pattern = (route: string) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '\\$[A-Z_]+')}$`);
    expect(wanted.filter((route) => !called.some((call) => pattern(route).test(call)))).toEqual([]);
  });
});

describe('the names in the guide', () => {
  const known = new Set<string>([...variableNames, ...setNames, ...keptNames]);

  it('of variables are those of the configuration, or of its own commands', () => {
    const named = [...guide.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name);
    const oneWord = [...guide.matchAll(/`([A-Z]{4,})`/g)].map(([, name = '']) => name);
    expect([...new Set([...named, ...oneWord])].filter((name) => !known.has(name))).toEqual([]);
  });

  it('of variables with a value behind them show the value used when it is absent', () => {
    const defaults = new Map<string, string | undefined>(
      variableEntries.map(([name, { default: value }]) => [name, value]),
    );
    const shown = [...guide.matchAll(/`([A-Z][A-Z_]+)`\s+\(`([^`]+)`/g)].map(([, name = '', value]) => {
      return [name, value];
    });
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).toEqual(shown.map(([name = '']) => [name, defaults.get(name)]));
  });

  it('of card fields are all there are, in their order, the ones of Moveworks’ guide first', () => {
    const [, table = ''] = guide.split('`CARD_FIELDS`');
    const named = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
    expect(named).toEqual([...cardFields]);
    expect(named.slice(0, 7)).toEqual([...guideCardFields]);
    expect(guide).toMatch(/the\s+first\s+seven\s+here/);
  });

  it('of problems are all that a press can be answered with, each with its status', () => {
    const rows = [...guide.matchAll(/^\| (\d{3}) +\| `([a-z-]+)`/gm)].map(([, status, name = '']) => {
      return [name, Number(status)];
    });
    const pressed = Object.entries(problems)
      .filter(
        ([name, { status }]) => name !== 'not-waiting' && [401, 403, 404, 409, 422, 503].includes(status),
      )
      .map(([name, { status }]) => [name, status]);
    expect(rows.toSorted()).toEqual(pressed.toSorted());
  });
});
