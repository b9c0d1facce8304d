import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { checkoutIn } from '../support/doc-checkout.ts';
import { blocksOf, commandsOf, namedParts, valueAt } from '../support/doc-blocks.ts';
import { paste } from '../support/doc-shell.ts';
import { startDemo, type Demo } from '../support/process-demo.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { until } from '../support/until.ts';

// Starts wait for those of other files, and each takes its time on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const guide = readFileSync(new URL('../../docs/concur.md', import.meta.url), 'utf8');
const blocks = blocksOf(guide);
const curls = commandsOf(blocks);
// Those in a list are indented, and no blocks of their own.
const typed = [...guide.matchAll(/^ *(npm run .*?)(?: +#.*)?$/gm)].map(([, command = '']) => command);
const order = blocks.find(({ before }) => before.includes('`request.json`, with codes'))?.text ?? '';
const curlOf = (part: string) => curls.find(({ block }) => block.text.includes(part))?.block.text ?? '';
const placing = curlOf('-d @request.json');
const resolving = curlOf('/resolve"');

const costCentres = '11111111-aaaa-4000-8000-000000000001';
const ada = { uuid: 'c0c0c0c0-0000-4000-8000-000000000201', login: 'ada.prover\nsandbox\n' };
const requester = { uuid: 'c0c0c0c0-0000-4000-8000-000000000101', address: 'rhea.quester@example.test' };

/** What each command of the guide shows; what it asks for is answered by `input`. */
const shown: Readonly<
  Record<string, { readonly shows: RegExp; readonly input?: string; readonly yes?: true }>
> = {
  'npm run countersign concur token': { shows: /Refresh token +ends in 1(79|80) days[^]*\(mode 0600\)/ },
  'npm run --silent countersign concur whoami': {
    shows: new RegExp(`^This login in SAP Concur\n +User id +${ada.uuid}`),
    input: ada.login,
  },
  'npm run --silent countersign -- concur create request.json --as-user': {
    shows: /^SAP Concur took it and creates it in the background: id \S+, ref:cli-/,
    input: ada.login,
    // Nobody can be asked here.
    yes: true,
  },
  'npm run --silent countersign concur vendors': { shows: /^Vendor code[^]*\nACME +ACME-02 / },
  'npm run --silent countersign concur lists': {
    shows: new RegExp(`^List id[^]*\n${costCentres} +Cost Centres`),
  },
  'npm run --silent countersign concur lists <list id>': { shows: /^Code[^]*\nCC200 +Marketing/ },
};

let folder: TestFolder;
let demo: Demo;
let checkout: ReturnType<typeof checkoutIn>;
let variables: Record<string, string>;
beforeAll(async () => {
  folder = testFolder();
  checkout = checkoutIn(folder);
  writeFileSync(join(checkout.path, 'request.json'), order);
  demo = await startDemo(folder);
  const { urls } = demo;
  variables = { PUBLIC_URL: urls.api, API_KEY: urls.apiKey, ORDER: '2041', SANDBOX: urls.concur };
});
afterAll(async () => {
  await demo.end(() => demo.start.kill('SIGTERM'));
  folder.remove();
});

/** Waits until a purchase request is in one of these states. */
const inState = (id: string, ...states: string[]) =>
  until(`${id} to be ${states.join(' or ')}`, async () => {
    const { body } = await demo.api.request('GET', `/purchase-requests/${id}`);
    return states.includes(String(body['state'])) ? body : undefined;
  });

let orders = 2041;
/** Orders by the guide's command under another number, as its reader is told to; the id. */
async function orderAgain(): Promise<string> {
  orders += 1;
  const { body } = await paste(placing, { ...variables, ORDER: String(orders) }, checkout.path);
  return valueAt(body, 'id');
}

/** Waits until a purchase request is in the list of those that wait for a human, which lags a moment behind. */
const listed = (id: string) =>
  until(`${id} in the list`, async () => {
    const { body } = await demo.api.request('GET', '/purchase-requests?state=needsAttention');
    const rows = z.array(z.object({ id: z.string() })).parse(body['data']);
    return rows.some((row) => row.id === id);
  });

describe('the commands of the Concur guide', () => {
  it('are all tried here, with the variables that the guide has its reader set', () => {
    expect(typed.toSorted()).toEqual(Object.keys(shown).toSorted());
    const set = blocks.flatMap(({ language, text }) =>
      language === 'sh' ? [...text.matchAll(/^export ([A-Z_]+)=/gm)].map(([, name]) => name) : [],
    );
    expect(set.toSorted()).toEqual(Object.keys(variables).toSorted());
  });

  it.each(typed)('show what they are for: %s', async (command) => {
    const { shows, input, yes } = shown[command] ?? { shows: /^$/ };
    const line = command.replace('<list id>', costCentres) + (yes === true ? ' --yes' : '');
    const { code, stdout, stderr } = await checkout.type(line, variables, input);
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(shows);
    expect(stderr).toContain(`using the sandbox at ${demo.urls.concur}`);
  });

  it('leave a purchase request that a user’s token created with that user', async () => {
    expect(await demo.concur.purchaseRequests()).toMatchObject([
      { createdWith: 'user', requester: ada.uuid, body: { userEmail: requester.address } },
    ]);
  });
});

describe('the calls of the Concur guide', () => {
  it('each say what they answer, and are all under /purchase-requests that there are', async () => {
    expect(curls.filter(({ expected }) => expected === undefined)).toEqual([]);
    const { body } = await demo.api.request('GET', '/openapi.json');
    const paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(body['paths']);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replace('{id}', '$PURCHASE_REQUEST_ID')}`,
      ),
    );
    const called = curls.flatMap(({ block: { text } }) => {
      const [, path] = /"\$PUBLIC_URL(\/[^"?]*)[?"]/.exec(text) ?? [];
      return path === undefined ? [] : [`${/ -X POST\b/.test(text) ? 'POST' : 'GET'} ${path}`];
    });
    expect(called.toSorted()).toEqual(
      routes.filter((route) => route.includes(' /purchase-requests')).toSorted(),
    );
  });

  it.each(curls.map((command) => ({ ...command, line: command.block.line })))(
    'answer what the guide says (line $line)',
    async ({ block, expected }) => {
      // The fault is for the next order.
      if (block.text.includes('/sandbox/faults'))
        await inState(variables['PURCHASE_REQUEST_ID'] ?? '', 'created');
      if (block.text.includes('?state=needsAttention')) await listed(await orderAgain());
      const { status, body } = await paste(block.text, variables, checkout.path);
      expect({ status, body }).toMatchObject({ status: expected?.status });
      if (expected?.body !== undefined) expect(namedParts(expected.body, body)).toEqual(expected.body);
      for (const { path, variable } of expected?.keep ?? []) variables[variable] = valueAt(body, path);
    },
  );

  it('have what was not created created once, and tell its requester of it and of its order', async () => {
    const id = variables['PURCHASE_REQUEST_ID'] ?? '';
    await inState(id, 'created');
    const [request, ...others] = await demo.concur.withRef(id);
    expect(others).toEqual([]);
    expect(request?.requester).toBe(requester.uuid);
    await demo.concur.approve(request?.id ?? '');
    const { purchaseOrders } = await inState(id, 'ordered');
    const [{ number }] = z.tuple([z.object({ number: z.string() })]).parse(purchaseOrders);
    await until('the notice of the order', async () =>
      (await demo.moveworks.inbox(requester.address)).some(({ message }) => message.includes(number)),
    );
  });

  it('order nothing twice: a repeat gets the same answer, and other content under the same key 422', async () => {
    const first = await paste(placing, variables, checkout.path);
    const repeat = await paste(placing, variables, checkout.path);
    expect(repeat.status).toBe(first.status);
    for (const part of ['status', 'id', 'ref']) {
      expect(valueAt(repeat.body, part)).toBe(valueAt(first.body, part));
    }
    const id = valueAt(first.body, 'id');
    await inState(id, 'created');
    expect(await demo.concur.withRef(id)).toHaveLength(1);
    writeFileSync(join(checkout.path, 'request.json'), order.replace('"quantity": "2"', '"quantity": "3"'));
    const { status } = await paste(placing, variables, checkout.path);
    writeFileSync(join(checkout.path, 'request.json'), order);
    expect(status).toBe(422);
  });

  const resolutions = [...guide.matchAll(/^\| `(\{.*?"outcome".*?\})`/gm)].map(([, json = '']) => json);
  /** Whether Concur has it when the answer is lost, the states that a truthful resolution leads to, and how many there are then. */
  const after: Readonly<Record<string, { fault: string; states: string[]; inConcur: number }>> = {
    '{"attention":1,"outcome":"created","purchaseRequestId":"<id>"}': {
      fault: 'dropAfter',
      states: ['created'],
      inConcur: 1,
    },
    '{"attention":1,"outcome":"created","purchaseRequestNumber":"<no.>"}': {
      fault: 'dropAfter',
      states: ['unfollowed'],
      inConcur: 1,
    },
    '{"attention":1,"outcome":"notCreated"}': { fault: 'dropBefore', states: ['created'], inConcur: 1 },
    '{"attention":1,"outcome":"abandoned"}': { fault: 'dropBefore', states: ['abandoned'], inConcur: 0 },
  };

  it('resolve in every way that the guide names', () => {
    expect(resolutions).toEqual(Object.keys(after));
  });

  it.each(resolutions)('lead where the guide says with %s', async (json) => {
    const { fault, states, inConcur } = after[json] ?? { fault: '', states: [], inConcur: -1 };
    await demo.concur.fault({ route: 'create', kind: fault });
    const id = await orderAgain();
    const { attention } = await inState(id, 'needsAttention');
    expect(attention).toMatchObject({ n: 1, reason: 'unknownOutcome' });
    const [held] = await demo.concur.withRef(id);
    const number = await until('its number', async () =>
      held === undefined ? 'none' : ((await demo.concur.purchaseRequest(held.id)).number ?? undefined),
    );
    const answer = json.replace('<id>', held?.id ?? '').replace('<no.>', number);
    const command = resolving.replace(/-d '.*'/, `-d '${answer}'`);
    expect(command).toContain(answer);
    const pasted = await paste(command, { ...variables, PURCHASE_REQUEST_ID: id }, checkout.path);
    expect(pasted.status).toBe(202);
    await inState(id, ...states);
    expect(await demo.concur.withRef(id)).toHaveLength(inConcur);
  });
});
