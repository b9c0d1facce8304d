import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOfSuite } from '../support/browser.ts';
import {
  ada,
  hasFocus,
  isFocusVisible,
  isSameDocument,
  live,
  openChat,
  shown,
  statusOf,
  tabTo,
} from '../support/browser-pages.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** Only ends a test that would hang: by itself such a poll is over after a second. */
const boundMs = 60_000;

const newWindow = browserOfSuite();
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

describe('by the keyboard alone', () => {
  it('a requisition is submitted, sent back with a reason, submitted again and approved', async () => {
    const { pages } = stack;
    const coupa = await live(await (await newWindow()).open(pages.coupa));
    await tabTo(coupa, coupa.locator('#new summary'));
    await coupa.keyboard.press('Enter');
    await tabTo(coupa, coupa.getByLabel('Title'));
    await coupa.keyboard.press('Control+A');
    await coupa.keyboard.type('Bicycle stands');
    await tabTo(coupa, coupa.getByLabel('First approver'));
    await coupa.keyboard.type('Ada');
    await tabTo(coupa, coupa.locator('#new').getByRole('button', { name: 'Submit' }));
    await coupa.keyboard.press('Enter');
    await coupa.waitForURL(/\/requisitions\/\d+$/);
    await live(coupa);
    const id = Number(coupa.url().split('/').at(-1));

    const people = await live(await (await newWindow()).open(pages.chat));
    await tabTo(people, people.getByRole('link', { name: 'Ada Prover' }));
    await people.keyboard.press('Enter');
    await people.waitForURL(/person=/);
    const chat = await live(people);
    const card = chat.locator('#items > li').filter({ hasText: `Requisition ID: ${id}` });
    await shown(card);
    await tabTo(chat, card.getByRole('button', { name: 'Send Back' }));
    await chat.keyboard.press('Enter');
    const reason = await shown(chat.getByLabel('Reason'));
    await expect.poll(() => hasFocus(reason), { timeout: boundMs }).toBe(true);
    expect(await isFocusVisible(chat)).toBe(true);
    await chat.keyboard.type('Which ones?');
    await tabTo(chat, chat.getByRole('button', { name: 'Submit' }));
    await chat.keyboard.press('Enter');
    await shown(chat.getByText('Done, I sent it back.'));
    // The field is gone; the keyboard goes on from the question that it belonged to.
    expect(await chat.locator('.item:focus').innerText()).toContain('What is the reason?');

    await statusOf(coupa).getByText('Rejected, back to draft').waitFor();
    await tabTo(coupa, coupa.getByRole('button', { name: 'Submit it' }));
    await coupa.keyboard.press('Enter');
    await statusOf(coupa).getByText('Waiting for approval').waitFor();
    const second = card.filter({ has: chat.getByRole('button') }).nth(1);
    const approve = second.getByRole('button', { name: 'Approve' });
    await shown(second);
    await tabTo(chat, approve);
    await chat.keyboard.press('Enter');
    await shown(second.getByText('You answered this.'));
    await shown(chat.getByText('Done, I approved it.'));
    expect(await hasFocus(approve)).toBe(true);
    await statusOf(coupa).getByText('Approved', { exact: true }).waitFor();
    expect(await isSameDocument(chat)).toBe(true);
  });
});

describe('news that arrive while somebody is at work', () => {
  it('leave the keyboard on the button of the chat where it was', async () => {
    const chat = await openChat(await newWindow(), stack.pages.chat, ada);
    const first = await stack.coupa.submit({ title: 'Hammer', chain: [201] });
    const card = await shown(chat.cards(first.requisitionId));
    const button = chat.button(card, 'Send Back');
    await tabTo(chat.page, button);
    const second = await stack.coupa.submit({ title: 'Nails', chain: [201] });
    await shown(chat.cards(second.requisitionId));
    expect(await hasFocus(button)).toBe(true);
  });

  it('leave what is being written in Coupa, and the place in it', async () => {
    const { coupa, pages } = stack;
    const { requisitionId, approvalId } = await coupa.submit({
      chain: [201],
      lines: [{ description: 'Cable', quantity: '10', unitPrice: '5' }],
    });
    const page = await live(await (await newWindow()).open(`${pages.coupa}/requisitions/${requisitionId}`));
    const reason = page.getByLabel('Reason (optional)');
    await tabTo(page, reason);
    await page.keyboard.type('Half writ');
    await page.keyboard.press('ArrowLeft');
    await coupa.edit(requisitionId, { lines: [{ description: 'Cable', quantity: '10', unitPrice: '6' }] });
    await shown(page.locator('#lines').getByText('60.00 USD'));
    await expect
      .poll(() => page.locator('#amount-lineId option').innerText(), { timeout: boundMs })
      .toContain('now 6.00');
    expect(await hasFocus(reason)).toBe(true);
    await page.keyboard.type('-');
    expect(await reason.inputValue()).toBe('Half wri-t');
    await tabTo(page, page.locator(`#decide-${approvalId}-approve`));
    await page.keyboard.press('Enter');
    await shown(page.locator('#history').getByText('Half wri-t'));
  });
});
