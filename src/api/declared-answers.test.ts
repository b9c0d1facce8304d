import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { ProblemError } from './problem-error.ts';
import { purchaseRequestCases } from './purchase-requests/test-cases.ts';
import { declared, forgingReferences, messageCard, referenceTo, testApi } from './test-api.ts';
import type { Case } from './test-case.ts';
import type { GivenAnswer } from './test-declared.ts';
import { standing, type TestEngine } from './test-engine.ts';

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
    { route, make: press, deps: { mode: 'notify' }, given: open },
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
    { route, make: notify, deps: { mode: 'shadow' } },
    ...(['approved', 'withdrawn', 'superseded'] as const).map((outcome): Case => {
      return { route, make: notify, given: ended(outcome) };
    }),
    { route, make: ({ send }) => send('POST', '/notifications', { body: 'x'.repeat(262_145) }) },
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
  ...purchaseRequestCases,
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll') },
  { route: 'post /poll', make: ({ anonymous }) => anonymous('POST', '/poll') },
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll', tooLarge) },
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll'), given: unavailable('wakePoll') },
  { route: 'post /poll', make: ({ send }) => send('POST', '/poll'), given: broken('wakePoll') },
];

/** What a request got, as its route must declare it. */
async function answerOf({ route, deps, given, make }: Case): Promise<GivenAnswer & { problem?: string }> {
  const api = testApi(deps);
  given?.(api.engine);
  const got = await make(api);
  const media = got.header('content-type') ?? '';
  const header = (name: string) => got.header(name);
  const about = { route, status: got.status, media, body: got.json(), header };
  return got.status < 400 ? about : { ...about, problem: got.problem().type };
}

describe('/openapi.json', () => {
  it('declares every answer that is given, and none that never is', async () => {
    const given = new Set<string>();
    for (const each of cases) {
      const { route, status, problem } = await answerOf(each);
      given.add([route, status, ...(problem === undefined ? [] : [problem])].join(' '));
    }
    expect([...given].toSorted()).toEqual(declared.all.toSorted());
  });

  it('says what each answer looks like', async () => {
    for (const each of cases) expect(declared.differences(await answerOf(each))).toEqual([]);
  });

  it('would notice an answer of another shape, and a member that nothing declares', async () => {
    const refused = await answerOf({
      route: 'post /poll',
      make: ({ anonymous }) => anonymous('POST', '/poll'),
    });
    const problem = z.record(z.string(), z.unknown()).parse(refused.body);
    const differences = (more: object) => declared.differences({ ...refused, body: { ...problem, ...more } });
    expect(differences({})).toEqual([]);
    expect(differences({ type: 'urn:other' })).toHaveLength(1);
    expect(differences({ detail: 7 })).toHaveLength(1);
    expect(differences({ name: 'Jamie' })).toEqual(['.name: not declared']);
    expect(differences({ errors: [{ detail: '', name: 'Jamie' }] })).toEqual([
      '.errors[].name: not declared',
    ]);
    expect(declared.differences({ ...refused, status: 418 })).toHaveLength(1);
  });

  it('is held against every answer of the other tests, too', async () => {
    const { engine, send } = testApi();
    // Nothing declares that a look at the list tells of a refusal.
    engine.list = () => Promise.reject(new ProblemError('forbidden', 'No.'));
    await expect(send('GET', '/approvals')).rejects.toThrow('get /approvals 403');
  });
});
