import { describe, expect, it } from 'vitest';
import { lookUpCardId } from '../references/card-ids.ts';
import type { ResolvedUser } from './deps.ts';
import { references, testApi } from './test-api.ts';
import { rowOf } from './test-engine.ts';

const card = (approvalId: number) =>
  lookUpCardId({ runId: `run-${approvalId}`, userId: 201, factsHash: 'f1' });
const withReference = (approvalId: number) => ({
  ...rowOf(approvalId),
  reference: references.sign({ approvalId, userId: 201, card: card(approvalId) }),
});

describe('GET /approvals', () => {
  it('answers the flat rows of what waits now, and changes nothing', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.open(70003);
    engine.close(70004, { outcome: 'approved' });
    const got = await send('GET', '/approvals');
    expect(got.status).toBe(200);
    expect(got.json()).toEqual({ data: [rowOf(70002), rowOf(70003)] });
    expect(engine.lookUps).toEqual([]);
    expect(engine.listRequests).toEqual([{ limit: 20 }]);
  });

  it('hands on filter, limit and cursor, and the cursor of the next page', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.nextCursor = 'page2';
    const got = await send('GET', '/approvals?state=stuck&limit=100&cursor=page2&approver=201');
    expect(got.json()).toMatchObject({ next: 'page2' });
    expect(engine.listRequests).toEqual([
      { approverUserId: 201, approverGroups: [], state: 'stuck', limit: 100, cursor: 'page2' },
    ]);
  });

  it.each([
    'state=closed',
    'state=x',
    'limit=0',
    'limit=101',
    'limit=ten',
    'approver=jamie',
    'approver=',
    'cursor=broken',
  ])('answers 422 for ?%s, with its place', async (query) => {
    const { send } = testApi();
    const got = await send('GET', `/approvals?${query}`);
    expect(got.problem()).toMatchObject({ status: 422, errors: [{ parameter: query.split('=')[0] }] });
  });

  it('leaves out an approval that has no row yet', async () => {
    const { engine, send } = testApi();
    engine.open(70002).memo = undefined;
    expect((await send('GET', '/approvals')).json()).toEqual({ data: [] });
    expect((await send('GET', '/approvals?approver=201')).json()).toEqual({ data: [] });
  });

  it('answers 503 when Temporal is down', async () => {
    const { engine, send } = testApi();
    engine.down.add('list');
    expect((await send('GET', '/approvals')).problem().status).toBe(503);
  });
});

describe('GET /approvals?approver=', () => {
  it('gives each row a reference for that person, and records the look-ups', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.open(70003);
    const got = await send('GET', '/approvals?approver=201');
    expect(got.json()).toEqual({ data: [withReference(70002), withReference(70003)] });
    expect(engine.lookUps).toEqual([
      { approvalId: 70002, lookUp: { cardId: card(70002), userId: 201, factsHash: 'f1' } },
      { approvalId: 70003, lookUp: { cardId: card(70003), userId: 201, factsHash: 'f1' } },
    ]);
  });

  it('answers a row only after its look-up is recorded, ten at a time', async () => {
    const { engine, send } = testApi();
    for (let id = 1; id <= 25; id += 1) engine.open(id);
    let under = 0;
    let most = 0;
    engine.onLookUp = async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
    };
    const got = await send('GET', '/approvals?approver=201&limit=100');
    expect(got.status).toBe(200);
    expect(engine.lookUps).toHaveLength(25);
    expect(most).toBe(10);
  });

  it('records no card that is recorded already, nor one without facts', async () => {
    const { engine, send } = testApi();
    engine.open(70002, { asked: [{ userId: 201, cards: [card(70002)] }] });
    const held = engine.open(70003);
    if (held.memo !== undefined) {
      const { factsHash: _without, ...memo } = held.memo;
      held.memo = memo;
    }
    const got = await send('GET', '/approvals?approver=201');
    expect(got.json()).toEqual({ data: [withReference(70002), rowOf(70003)] });
    expect(engine.lookUps).toEqual([]);
  });

  it('leaves out a row whose approval ended meanwhile', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.onLookUp = () => {
      engine.approvals.delete(70002);
      return Promise.resolve();
    };
    expect((await send('GET', '/approvals?approver=201')).json()).toEqual({ data: [] });
  });

  it('answers 503, and no row without its record, when Temporal goes down', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.down.add('lookUp');
    expect((await send('GET', '/approvals?approver=201')).problem().status).toBe(503);
  });
});

describe('GET /approvals?approver=<address>', () => {
  function resolving(answer: () => ResolvedUser) {
    const asked: string[] = [];
    let now = new Date('2026-11-02T10:00:00Z');
    const api = testApi({
      now: () => now,
      resolveUser: async (address) => {
        asked.push(address);
        await Promise.resolve();
        return answer();
      },
    });
    api.engine.open(70002);
    const look = (address = 'jamie@example.com') => api.send('GET', `/approvals?approver=${address}`);
    const pass = (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
    };
    return { ...api, asked, look, pass };
  }

  it('asks Coupa once in 10 minutes who that is', async () => {
    const { asked, look, pass } = resolving(() => ({ kind: 'found', userId: 201 }));
    expect((await look()).json()).toEqual({ data: [withReference(70002)] });
    pass(9);
    await look('JAMIE@example.com');
    expect(asked).toHaveLength(1);
    pass(1);
    await look();
    expect(asked).toHaveLength(2);
  });

  it('answers no rows for somebody unknown, and soon asks again', async () => {
    const { asked, look, pass } = resolving(() => ({ kind: 'none' }));
    expect((await look()).json()).toEqual({ data: [] });
    await look();
    expect(asked).toHaveLength(1);
    pass(1);
    await look();
    expect(asked).toHaveLength(2);
  });

  it('asks Coupa once for many who look at the same moment', async () => {
    const { asked, look } = resolving(() => ({ kind: 'found', userId: 201 }));
    await Promise.all([look(), look(), look()]);
    expect(asked).toHaveLength(1);
  });

  it('answers 422 when Coupa knows several people under the address', async () => {
    const { look } = resolving(() => ({ kind: 'ambiguous' }));
    expect((await look()).problem()).toMatchObject({ status: 422, errors: [{ parameter: 'approver' }] });
  });

  it('answers 503 with Retry-After when Coupa cannot say', async () => {
    const { look } = resolving(() => {
      throw new Error('Coupa is down for jamie@example.com');
    });
    const got = await look();
    expect(got.problem().status).toBe(503);
    expect(got.header('retry-after')).toBe('15');
    expect(got.text).not.toContain('jamie');
  });

  it('forgets the oldest address when it knows a thousand', async () => {
    const { asked, look } = resolving(() => ({ kind: 'found', userId: 201 }));
    for (let person = 0; person <= 1_000; person += 1) await look(`p${person}@example.com`);
    await look('p1000@example.com');
    expect(asked).toHaveLength(1_001);
    await look('p0@example.com');
    expect(asked).toHaveLength(1_002);
  });
});
