import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError, UnknownOutcomeError } from '../../connectors/http/errors.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { createRequest } from './create-command.ts';
import { scriptedClient, testInterrupts, testTalk } from './test-talk.ts';

const line = {
  purchaseType: 'GOODS',
  vendorCode: 'V-1',
  vendorAddressCode: 'A-1',
  description: 'Gloves',
  quantity: '12',
  unitPrice: '18.75',
} as const;

const document: PurchaseRequestDocument = {
  userEmail: 'dana@acme.example',
  currencyCode: 'USD',
  description: 'Lab restock',
  comments: 'before noon',
  custom1: 'CC100',
  lineItems: [line, { ...line, vendorCode: 'V-2' }],
};

const facts = { vendor: 'concur', operation: 'POST /purchaserequest/v4/purchaserequests' };

type Sent = Parameters<ConcurClient['createPurchaseRequest']>;

function firstOf(sent: readonly Sent[]) {
  const [first] = sent;
  if (first === undefined) throw new Error('nothing was sent');
  return { body: first[0], correlationId: first[1].correlationId };
}

interface Scene {
  readonly create?: ConcurClient['createPurchaseRequest'];
  readonly known?: (vendorCode: string) => boolean;
  readonly answers?: string[];
  readonly options?: { yes?: boolean; json?: boolean };
  readonly assignedTo?: string;
}

async function creating({ create, known = () => true, answers, options, assignedTo }: Scene = {}) {
  const sent: Sent[] = [];
  const client = scriptedClient({
    hasVendor: ({ vendorCode }) => Promise.resolve(known(vendorCode)),
    hasListItem: () => Promise.resolve(false),
    createPurchaseRequest: (...call) => {
      sent.push(call);
      return create?.(...call) ?? Promise.resolve({ kind: 'accepted', id: 'pr-1' });
    },
  });
  const script = testTalk(answers === undefined ? {} : { answers });
  const { interrupts } = testInterrupts();
  const where = 'SAP Concur at https://us2.api.concursolutions.com';
  const deps = {
    client,
    talk: script.talk,
    interrupts,
    listFields: [],
    where,
    ...(assignedTo === undefined ? {} : { assignedTo }),
  };
  const code = await createRequest(deps, document, { yes: true, json: false, ...options });
  return { code, sent, out: script.out(), said: script.said(), questions: script.questions };
}

describe('concur create', () => {
  it('shows what it is about and asks before anything is sent', async () => {
    const { code, sent, said, questions } = await creating({ answers: ['y'], options: { yes: false } });
    expect(code).toBe(0);
    expect(sent).toHaveLength(1);
    expect(questions).toEqual(['Create it in SAP Concur? It cannot be withdrawn. [y/N] ']);
    for (const part of ['dana@acme.example', 'USD 450.00', 'https://us2.', 'V-2 / A-1', 'Lab restock']) {
      expect(said).toContain(part);
    }
  });

  it.each(['', 'n', 'no', 'maybe'])('creates nothing when the answer is %j', async (answer) => {
    const { code, sent, said } = await creating({ answers: [answer], options: { yes: false } });
    expect(code).toBe(1);
    expect(sent).toEqual([]);
    expect(said).toMatch(/Nothing was created/);
  });

  it('puts its mark before the comments, and says mark and correlation id before it sends', async () => {
    const { sent, said, out } = await creating();
    const { body, correlationId } = firstOf(sent);
    const [, ref = ''] = /^(ref:cli-[0-9a-f]{16}) before noon$/.exec(body.comments ?? '') ?? [];
    expect(ref).not.toBe('');
    expect(said).toContain(`Sending it with ${ref}, correlation id ${correlationId}`);
    expect(out).toContain('countersign concur status pr-1');
    expect(body).toMatchObject({ custom1: 'CC100', lineItems: document.lineItems });
  });

  it('marks each request with a name of its own', async () => {
    const refs = [await creating(), await creating()].map(({ sent }) => sent[0]?.[0].comments);
    expect(new Set(refs).size).toBe(2);
  });

  it('tells every unknown code with its line, and sends nothing', async () => {
    const { code, sent, said } = await creating({ known: () => false });
    expect(code).toBe(1);
    expect(sent).toEqual([]);
    expect(said).toMatch(/line 1\b.*unknownVendor/);
    expect(said).toMatch(/line 2\b.*unknownVendor/);
  });

  it('does not create when the codes cannot be looked up for now', async () => {
    const known = () => {
      throw new RetryableError('HTTP 503; try again', facts);
    };
    await expect(creating({ known })).rejects.toThrow('HTTP 503; try again');
  });

  it('goes on when a right to look codes up is missing, and says so', async () => {
    const known = () => {
      throw new TerminalError('HTTP 403', { ...facts, status: 403 });
    };
    const { code, said } = await creating({ known });
    expect(code).toBe(0);
    expect(said).toMatch(/not looked up/);
  });

  it('says whose it becomes with a user’s token, in place of the requester of the file', async () => {
    const { said } = await creating({ assignedTo: 'user-uuid-7' });
    expect(said).toMatch(/Requester.*user-uuid-7/);
    expect(said).not.toContain('dana@acme.example');
  });

  it('shows all problems of a refusal, and ends with 1', async () => {
    const problems = [
      { line: 2, code: 'invalidVendor', message: 'Vendor is\u001b[31minvalid.', path: 'lineItems[1]' },
      { code: 'invalidUserInfo', message: 'No such user.' },
    ];
    const { code, said, out } = await creating({
      create: () => Promise.resolve({ kind: 'refused', status: 400, problems }),
    });
    expect(code).toBe(1);
    expect(said).toContain('line 2: Vendor is [31minvalid. (invalidVendor at lineItems[1])');
    expect(said).toContain('No such user. (invalidUserInfo)');
    expect(out).toBe('');
  });

  it('says that a refusal gives no reason where it gives none', async () => {
    const { code, said } = await creating({
      create: () => Promise.resolve({ kind: 'refused', status: 400, problems: [] }),
    });
    expect(code).toBe(1);
    expect(said).toMatch(/does not say why/);
  });

  it.each([
    new RetryableError('HTTP 429; try again later', facts),
    new TerminalError('HTTP 403; grant purchaserequest.write', { ...facts, status: 403 }),
  ])('ends with 1 and says that nothing was created after $name', async (error) => {
    const { code, said } = await creating({ create: () => Promise.reject(error) });
    expect(code).toBe(1);
    expect(said).toContain(`Nothing was created: ${error.message}`);
  });

  it.each([
    new UnknownOutcomeError('no whole answer within 60000 ms', facts),
    new Error('something else broke'),
  ])('ends with 3 and says what to look for after $name, which it does not repeat (P5)', async (error) => {
    const { code, said, sent } = await creating({ create: () => Promise.reject(error) });
    expect(code).toBe(3);
    expect(sent).toHaveLength(1);
    const { body, correlationId } = firstOf(sent);
    const [ref = 'none'] = (body.comments ?? '').split(' ');
    expect(said).toContain(`comments begin with ${ref}`);
    expect(said).toContain(`correlation id ${correlationId}.`);
  });

  it('answers with one document on stdout under --json, whatever the end', async () => {
    const refused = { kind: 'refused', status: 400, problems: [{ code: 'x', message: 'm' }] } as const;
    const scenes: [Scene, string][] = [
      [{}, 'accepted'],
      [{ create: () => Promise.resolve(refused) }, 'refused'],
      [{ known: () => false }, 'refused'],
      [{ create: () => Promise.reject(new RetryableError('busy', facts)) }, 'notCreated'],
      [{ create: () => Promise.reject(new UnknownOutcomeError('cut', facts)) }, 'unknown'],
    ];
    for (const [scene, outcome] of scenes) {
      const { out } = await creating({ ...scene, options: { json: true } });
      expect(JSON.parse(out)).toMatchObject({ outcome });
    }
    const declined = await creating({ answers: ['n'], options: { json: true, yes: false } });
    expect(JSON.parse(declined.out)).toEqual({ outcome: 'declined' });
  });
});

describe('Ctrl-C while a purchase request is on its way', () => {
  it('waits for the answer, and a second one leaves it with 3 and what to look for', async () => {
    const script = testTalk();
    const press = testInterrupts();
    const client = scriptedClient({
      hasVendor: () => Promise.resolve(true),
      createPurchaseRequest: () => {
        press.sending()?.waits();
        expect(press.sending()?.leaves()).toBe(3);
        return Promise.resolve({ kind: 'accepted', id: 'pr-1' });
      },
    });
    const deps = { client, talk: script.talk, interrupts: press.interrupts, listFields: [], where: 'here' };
    expect(await createRequest(deps, document, { yes: true, json: false })).toBe(0);
    expect(script.said()).toMatch(/waiting for the answer/);
    expect(script.said()).toMatch(/comments begin with ref:cli-/);
  });
});
