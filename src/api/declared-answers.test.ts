import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import type { ApiDeps } from './deps.ts';
import { forgingReferences, messageCard, referenceTo, testApi } from './test-api.ts';
import { standing, type TestEngine } from './test-engine.ts';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
type Api = ReturnType<typeof testApi>;

/** One request: what is so before it, and how it is made. */
interface Case {
  readonly route: string;
  readonly deps?: Partial<ApiDeps>;
  readonly given?: (engine: TestEngine) => void;
  readonly make: (api: Api) => ReturnType<Api['send']>;
}

const json = { 'content-type': 'application/json' };
const tooLarge = { body: 'x'.repeat(65_537) };
const forged = forgingReferences.sign({ approvalId: 70002, userId: 201, card: messageCard });
const unavailable = (call: Parameters<TestEngine['down']['add']>[0]) => (engine: TestEngine) => {
  engine.open(70002);
  engine.down.add(call);
};
const broken = (call: Parameters<TestEngine['down']['add']>[0]) => (engine: TestEngine) => {
  engine.open(70002);
  engine.broken.add(call);
};
const open = (engine: TestEngine) => void engine.open(70002);

/** What can be asked of a route that decides; `at` is its path for a reference, with all that it needs. */
function decisionCases(route: string, at: (ref: string) => string, action: 'approve' | 'reject'): Case[] {
  const path = at(referenceTo(70002));
  const press: Case['make'] = ({ send }) => send('POST', path);
  const settled = [
    { kind: 'carriedOut', standing: { ...standing, action } },
    { kind: 'pending' },
    { kind: 'decided', standing },
    { kind: 'decided', coupaStatus: 'rejected' },
    { kind: 'changed', changes: [{ what: 'total', line: 1, was: null, now: '2' }] },
    { kind: 'refused', words: ['No.'] },
    { kind: 'withdrawn' },
    { kind: 'superseded' },
    { kind: 'notEntitled' },
  ] as const;
  return [
    ...settled.map((settlement): Case => {
      const given = (engine: TestEngine) => {
        engine.open(70002);
        engine.settlement = settlement;
      };
      return { route, given, make: press };
    }),
    { route, make: ({ anonymous }) => anonymous('POST', path) },
    { route, make: ({ send }) => send('POST', at(forged)) },
    { route, make: press, deps: { cardActions: [] }, given: open },
    { route, make: press },
    { route, make: ({ send }) => send('POST', at('x')) },
    { route, make: ({ send }) => send('POST', path, tooLarge) },
    { route, make: ({ send }) => send('POST', path, { body: 'x', headers: { 'content-type': 'text/csv' } }) },
    { route, make: press, given: unavailable('decide') },
    { route, make: press, given: broken('decide') },
  ];
}

function notificationCases(): Case[] {
  const route = 'post /notifications';
  const body = JSON.stringify({
    message: 'Decide',
    recipients: ['jamie@example.com'],
    context: { approval_id: '70002' },
  });
  const notify: Case['make'] = ({ send }) => send('POST', '/notifications', { body, headers: json });
  const ended = (outcome: 'approved' | 'withdrawn' | 'superseded') => (engine: TestEngine) => {
    engine.close(70002, { outcome, ...(outcome === 'approved' ? { standing } : {}) });
  };
  const end = (set: (engine: TestEngine) => void) => (engine: TestEngine) => {
    engine.open(70002);
    set(engine);
  };
  const refusal = { recipients: 1, outcome: { kind: 'refused', words: ['BAD_REQUEST: no'] } } as const;
  return [
    { route, make: notify, given: open },
    { route, make: notify, given: end((engine) => (engine.notificationEnd = { kind: 'pending' })) },
    { route, make: ({ anonymous }) => anonymous('POST', '/notifications', { body }) },
    { route, make: notify },
    ...(['approved', 'withdrawn', 'superseded'] as const).map((outcome): Case => {
      return { route, make: notify, given: ended(outcome) };
    }),
    { route, make: ({ send }) => send('POST', '/notifications', tooLarge) },
    { route, make: ({ send }) => send('POST', '/notifications', { body: 'x' }) },
    { route, make: ({ send }) => send('POST', '/notifications') },
    { route, make: notify, given: broken('notify') },
    {
      route,
      make: notify,
      given: end((engine) => {
        engine.notificationEnd = { kind: 'done', result: { deliveries: [refusal] } };
      }),
    },
    { route, make: notify, given: unavailable('notify') },
  ];
}

const cases: Case[] = [
  { route: 'get /', make: ({ anonymous }) => anonymous('GET', '/') },
  { route: 'get /livez', make: ({ anonymous }) => anonymous('GET', '/livez') },
  { route: 'get /readyz', make: ({ anonymous }) => anonymous('GET', '/readyz') },
  { route: 'get /readyz', make: ({ send }) => send('GET', '/readyz'), given: unavailable('ready') },
  { route: 'get /readyz', make: ({ send }) => send('GET', '/readyz'), given: broken('ready') },
  { route: 'get /approvals', make: ({ send }) => send('GET', '/approvals?approver=201'), given: open },
  { route: 'get /approvals', make: ({ anonymous }) => anonymous('GET', '/approvals') },
  { route: 'get /approvals', make: ({ send }) => send('GET', '/approvals?limit=0') },
  { route: 'get /approvals', make: ({ send }) => send('GET', '/approvals'), given: unavailable('list') },
  { route: 'get /approvals', make: ({ send }) => send('GET', '/approvals'), given: broken('list') },
  { route: 'get /approvals/{id}', make: ({ send }) => send('GET', '/approvals/70002'), given: open },
  {
    route: 'get /approvals/{id}',
    make: ({ send }) => send('GET', '/approvals/70002'),
    given: (engine) => void engine.close(70002, { outcome: 'approved', standing, coupaStatus: 'approved' }),
  },
  { route: 'get /approvals/{id}', make: ({ anonymous }) => anonymous('GET', '/approvals/70002') },
  { route: 'get /approvals/{id}', make: ({ send }) => send('GET', `/approvals/${forged}`) },
  { route: 'get /approvals/{id}', make: ({ send }) => send('GET', '/approvals/1') },
  { route: 'get /approvals/{id}', make: ({ send }) => send('GET', '/approvals/x') },
  {
    route: 'get /approvals/{id}',
    make: ({ send }) => send('GET', '/approvals/70002'),
    given: unavailable('describe'),
  },
  {
    route: 'get /approvals/{id}',
    make: ({ send }) => send('GET', '/approvals/70002'),
    given: broken('record'),
  },
  ...decisionCases('post /approvals/{ref}/approve', (ref) => `/approvals/${ref}/approve`, 'approve'),
  ...decisionCases('post /approvals/{ref}/reject', (ref) => `/approvals/${ref}/reject`, 'reject'),
  ...(['approve', 'reject'] as const).flatMap((action) =>
    decisionCases(
      'post /approvals/{ref}/decision',
      (ref) => `/approvals/${ref}/decision?action=${action}`,
      action,
    ),
  ),
  ...notificationCases(),
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll') },
  { route: 'post /poll', make: ({ anonymous }) => anonymous('POST', '/poll') },
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll', tooLarge) },
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll'), given: unavailable('wakePoll') },
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll'), given: broken('wakePoll') },
];

const answerShape = z.object({
  headers: z.record(z.string(), z.unknown()).optional(),
  content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })),
});
const documentShape = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: z.record(z.string(), answerShape) })),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
const problemTypes = z.object({
  allOf: z.tuple([
    z.unknown(),
    z.object({ properties: z.object({ type: z.object({ enum: z.array(z.string()) }) }) }),
  ]),
});

async function readDocument() {
  const { paths, components } = documentShape.parse(
    (await testApi().anonymous('GET', '/openapi.json')).json(),
  );
  const answers = new Map<string, z.infer<typeof answerShape>>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      for (const [status, answer] of Object.entries(responses)) {
        answers.set(`${method} ${path} ${status}`, answer);
      }
    }
  }
  /** A declared schema as something to check a body with. */
  const checker = (schema: object): z.ZodType => {
    const text = JSON.stringify({ ...schema, $defs: components.schemas });
    return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as JsonSchema);
  };
  return { answers, checker };
}

const problemMedia = 'application/problem+json';

describe('/openapi.json', () => {
  it('declares every answer that is given, and none that never is', async () => {
    const { answers } = await readDocument();
    const declared = [...answers].flatMap(([answer, { content }]) => {
      const problem = content[problemMedia];
      if (problem === undefined) return [answer];
      const [, { properties }] = problemTypes.parse(problem.schema).allOf;
      return properties.type.enum.map((type) => `${answer} ${type}`);
    });
    const given = new Set<string>();
    for (const { route, deps, given: before, make } of cases) {
      const api = testApi(deps);
      before?.(api.engine);
      const got = await make(api);
      given.add(`${route} ${got.status}${got.status < 400 ? '' : ` ${got.problem().type}`}`);
    }
    expect([...given].toSorted()).toEqual(declared.toSorted());
  });

  it('says what each answer looks like', async () => {
    const { answers, checker } = await readDocument();
    for (const { route, deps, given: before, make } of cases) {
      const api = testApi(deps);
      before?.(api.engine);
      const got = await make(api);
      const answer = answers.get(`${route} ${got.status}`);
      const media = got.header('content-type') ?? '';
      const schema = answer?.content[media]?.schema;
      expect(schema, `${route} ${got.status} ${media}`).toBeDefined();
      expect(checker(schema ?? {}).safeParse(got.json()).error?.issues ?? []).toEqual([]);
      for (const name of Object.keys(answer?.headers ?? {})) expect(got.header(name)).not.toBeNull();
    }
  });

  it('would notice an answer of another shape', async () => {
    const { answers, checker } = await readDocument();
    const schema = answers.get('post /poll 401')?.content[problemMedia]?.schema ?? {};
    const problem = (await testApi().anonymous('POST', '/poll')).problem();
    expect(checker(schema).safeParse(problem).success).toBe(true);
    expect(checker(schema).safeParse({ ...problem, type: 'urn:other' }).success).toBe(false);
    expect(checker(schema).safeParse({ ...problem, detail: 7 }).success).toBe(false);
  });
});
