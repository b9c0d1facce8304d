import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserOfSuite, type Window } from '../support/browser.ts';
import { ada, live, openChat, pressTogether, shown, statusOf, type Chat } from '../support/browser-pages.ts';
import { startStack, type Stack } from '../support/stack.ts';

const newWindow = browserOfSuite();
let stack: Stack;
let adas: Window;
let chat: Chat;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());
beforeEach(async () => {
  adas = await newWindow();
  chat = await openChat(adas, stack.pages.chat, ada);
});
afterEach(() => stack.coupa.clearFaults());

/** A requisition that Ada is asked about, its card in her chat and its page in Coupa, in somebody else's window. */
async function asked(title: string) {
  const { requisitionId, approvalId } = await stack.coupa.submit({
    title,
    chain: [201],
    lines: [{ description: 'Bench', quantity: '2', unitPrice: '400' }],
  });
  const card = await shown(chat.cards(requisitionId).first());
  const coupa = await live(
    await (await newWindow()).open(`${stack.pages.coupa}/requisitions/${requisitionId}`),
  );
  return { requisitionId, approvalId, card, coupa };
}

describe('a card that shows what is no longer true', () => {
  it('decides nothing; a new card says what changed, and that one counts', async () => {
    const { requisitionId, approvalId, card, coupa } = await asked('Benches for the yard');
    await coupa.getByLabel('New unit price').fill('450');
    await coupa.getByRole('button', { name: 'Change it' }).click();
    await shown(coupa.getByText('The amount is changed.'));
    await chat.button(card, 'Approve').click();
    await shown(chat.said('The requisition is not what was shown any more; nothing was decided.'));

    const fresh = await shown(chat.cards(requisitionId).nth(1));
    expect(await fresh.innerText()).toContain(
      'Changed since you were asked. The earlier card no longer counts.',
    );
    expect(await fresh.innerText()).toContain('was USD 800.00, now USD 900.00: total');
    expect(await stack.coupa.effects(approvalId)).toEqual([]);
    await chat.button(fresh, 'Approve').click();
    await shown(chat.said('Done, I approved it.'));
    await statusOf(coupa).getByText('Approved', { exact: true }).waitFor();
    expect(await stack.coupa.effects(approvalId)).toHaveLength(1);
  });
});

describe('two windows on one approval', () => {
  it('that decide differently at the same moment write once, and both hear which decision stands (P2)', async () => {
    const { approvalId, card, coupa } = await asked('Shed');
    const second = await openChat(await newWindow(), stack.pages.chat, ada);
    // Slow enough that both decisions are on their way before either is carried out.
    for (const route of ['approve', 'reject'])
      await stack.coupa.fault({ route, kind: 'delay', delayMs: 2_000 });
    const other = await shown(second.items.filter({ hasText: 'Shed' }).first());
    await second.button(other, 'Send Back').click();
    await second.page.getByLabel('Reason').fill('Not this year');
    await pressTogether(
      chat.button(card, 'Approve'),
      second.page.locator('.reason-form').getByRole('button', { name: 'Submit' }),
    );

    const won = await shown(chat.said(/Done, I (approved it|sent it back)\./));
    const approved = (await won.innerText()).includes('approved');
    const standing = approved ? 'This was already approved by you.' : 'This was already sent back by you.';
    for (const window of [chat, second]) {
      await shown(window.said(/Done, I (approved it|sent it back)\./));
      await shown(window.said(standing));
    }
    await statusOf(coupa)
      .getByText(approved ? 'Approved' : 'Rejected, back to draft', { exact: true })
      .waitFor();
    expect(await stack.coupa.effects(approvalId)).toHaveLength(1);
  });

  it('do not take the keyboard away from one another', async () => {
    const { card } = await asked('Ladder');
    const second = await openChat(await newWindow(), stack.pages.chat, ada);
    const other = second.items.filter({ hasText: 'Ladder' }).first();
    await second.button(other, 'Approve').focus();
    await chat.button(card, 'Send Back').click();
    await shown(second.said('What is the reason?'));
    const focused = second.page.locator(':focus');
    expect(await focused.innerText()).toBe('Approve');
    await chat.page.getByRole('button', { name: 'Cancel' }).click();
    await shown(second.said('All right, I did nothing.'));
    expect(await focused.innerText()).toBe('Approve');
  });
});

describe('a page on which somebody writes', () => {
  it('keeps what they wrote when another decides, and says that it is out of date', async () => {
    const { approvalId, coupa } = await asked('Winch');
    const reason = coupa.getByLabel('Reason (optional)');
    await reason.fill('Half written');
    await stack.coupa.decide(approvalId, { action: 'reject', userId: 201, reason: 'No' });
    await shown(
      coupa.getByText('The requisition has changed meanwhile; what you were writing is still here.'),
    );
    expect(await reason.inputValue()).toBe('Half written');
  });
});

describe('a decision in Coupa while the card is open', () => {
  it('is what a press is answered with', async () => {
    const { approvalId, card, coupa } = await asked('Ropes');
    await coupa.locator(`#decide-${approvalId}-approve`).click();
    await shown(coupa.getByRole('status').getByText('Approved.'));
    await chat.button(card, 'Send Back').click();
    await chat.page.getByLabel('Reason').fill('Too late');
    await chat.page.getByRole('button', { name: 'Submit' }).click();
    await shown(chat.said('This approval was decided in Coupa: it is approved.'));
    expect(await stack.coupa.effects(approvalId)).toEqual([]);
  });

  it('is told to whoever has the card, live and without buttons', async () => {
    const { requisitionId, coupa } = await asked('Nets');
    await coupa.getByLabel('Reason (optional)').fill('We have some');
    await coupa.getByRole('button', { name: 'Reject' }).click();
    await statusOf(coupa).getByText('Rejected, back to draft').waitFor();
    const notice = await shown(
      chat.said('decided in Coupa').filter({ hasText: `Requisition ID: ${requisitionId}` }),
    );
    expect(await notice.getByRole('button').count()).toBe(0);
  });
});

describe('a withdrawal while the card is open', () => {
  it('is what a press is answered with', async () => {
    const { approvalId, card, coupa } = await asked('Paint');
    await coupa.getByRole('button', { name: 'Withdraw it' }).click();
    await shown(coupa.getByText('Withdrawn.', { exact: true }));
    await chat.button(card, 'Approve').click();
    await shown(chat.said('The requisition was withdrawn; there is nothing to decide.'));
    expect(await stack.coupa.effects(approvalId)).toEqual([]);
  });
});
