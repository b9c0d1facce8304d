import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOfSuite } from '../support/browser.ts';
import { ada, isInSight, live, openChat, overflow, shown } from '../support/browser-pages.ts';
import { startStack, type Stack } from '../support/stack.ts';

const phoneSize = { width: 360, height: 740 };

/** Only ends a test that would hang: by itself such a poll is over after a second. */
const boundMs = 60_000;

const newWindow = browserOfSuite();
let stack: Stack;
/** A requisition that waits for Cher. */
let openId: number;
beforeAll(async () => {
  stack = await startStack();
  const { requisitionId, approvalId } = await stack.coupa.submit({ title: 'Standing desks', chain: [205] });
  openId = requisitionId;
  await stack.moveworks.card(approvalId);
});
afterAll(() => stack.stop());

/** Everything that axe finds, moderate or worse, as one line each. */
async function complaintsOf(page: Page): Promise<string[]> {
  // What is still fading in has too little contrast for a moment.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .map(({ id, impact, nodes }) => `${id} (${impact ?? ''}): ${nodes.map(({ html }) => html).join(' ')}`);
}

describe.each(['light', 'dark'] as const)(
  'for assistive technology and poor sight, in %s colours,',
  (colorScheme) => {
    it('the chat page has no fault: welcome, empty, with cards and a question', async () => {
      const { pages } = stack;
      const window = await newWindow({ colorScheme });
      expect(await complaintsOf(await live(await window.open(pages.chat)))).toEqual([]);
      const empty = await openChat(window, pages.chat, 'di.rector@example.test');
      await shown(empty.page.getByText('No messages yet.'));
      expect(await complaintsOf(empty.page)).toEqual([]);
      const chat = await openChat(window, pages.chat, 'cher.chief@example.test');
      await shown(chat.cards(openId));
      expect(await complaintsOf(chat.page)).toEqual([]);
      await chat.button(chat.cards(openId), 'Send Back').click();
      await shown(chat.page.getByLabel('Reason'));
      expect(await complaintsOf(chat.page)).toEqual([]);
      await chat.page.getByRole('button', { name: 'Cancel' }).click();
      await shown(chat.said('All right, I did nothing.'));
      expect(await complaintsOf(chat.page)).toEqual([]);
    });

    it('the Coupa page has no fault: list, forms, refusals, a requisition', async () => {
      const { pages } = stack;
      // A refused form and a page that does not exist are answered so, which a browser's console reports.
      const window = await newWindow({ colorScheme, expected: /status of (404|422)/ });
      const page = await live(await window.open(pages.coupa));
      expect(await complaintsOf(page)).toEqual([]);
      await page.getByText('Change what is asked for').click();
      await page.getByLabel('Title').fill('');
      await page.getByLabel('Quantity').first().fill('many');
      expect(await complaintsOf(page)).toEqual([]);
      await page.locator('#new').getByRole('button', { name: 'Submit' }).click();
      await shown(page.getByText('Give it a title.'));
      expect(await complaintsOf(page)).toEqual([]);
      await page.goto(`${pages.coupa}/requisitions/${openId}`);
      await live(page);
      expect(await complaintsOf(page)).toEqual([]);
      await page.getByLabel('New unit price').fill('a lot');
      await page.getByRole('button', { name: 'Change it' }).click();
      await shown(page.getByText('A number such as 3500'));
      expect(await complaintsOf(page)).toEqual([]);
      await page.goto(`${pages.coupa}/requisitions/1`);
      await shown(page.getByRole('heading', { name: 'No such requisition' }));
      expect(await complaintsOf(page)).toEqual([]);
    });
  },
);

describe('on a phone', () => {
  it('the chat fits the width, its newest card can be decided at once, and there is a way back', async () => {
    const long = 'Wirelessnoisecancellingheadphoneswithaveryveryverylongname'.repeat(3);
    const { approvalId, requisitionId } = await stack.coupa.submit({ title: long, chain: [203] });
    await stack.moveworks.card(approvalId);
    const chat = await openChat(
      await newWindow({ viewport: phoneSize }),
      stack.pages.chat,
      'cy.nod@example.test',
    );
    const card = await shown(chat.cards(requisitionId));
    expect(await overflow(chat.page)).toBe(0);
    for (const name of ['Approve', 'Send Back']) {
      expect(await isInSight(chat.button(card, name))).toBe(true);
    }
    await chat.button(card, 'Send Back').click();
    const reason = await shown(chat.page.getByLabel('Reason'));
    await expect.poll(() => isInSight(reason), { timeout: boundMs }).toBe(true);
    expect(await overflow(chat.page)).toBe(0);
    await chat.page.getByRole('link', { name: 'All people' }).click();
    await shown(chat.page.getByRole('heading', { name: 'People' }));
    expect(await overflow(chat.page)).toBe(0);
  });

  it('Coupa fits the width, with its forms open', async () => {
    const window = await newWindow({ viewport: phoneSize });
    const page = await live(await window.open(stack.pages.coupa));
    await page.getByText('Change what is asked for').click();
    expect(await overflow(page)).toBe(0);
    await page.goto(`${stack.pages.coupa}/requisitions/${openId}`);
    await shown(page.getByRole('button', { name: 'Approve' }));
    expect(await overflow(page)).toBe(0);
  });
});

describe('the pictures of the guides', () => {
  const most = 150 * 1024;

  /** Writes the picture when asked to, since its bytes differ each time; else makes sure that there is one. */
  async function picture(name: string, page: Page): Promise<void> {
    const file = fileURLToPath(new URL(`../../docs/images/${name}`, import.meta.url));
    const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    expect(taken.byteLength).toBeLessThan(most);
    if (process.env['UPDATE_SCREENSHOTS'] === '1') writeFileSync(file, taken);
    expect(existsSync(file)).toBe(true);
    const kept = readFileSync(file);
    expect(kept.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(kept.byteLength).toBeLessThan(most);
  }

  it('show the chat, wide and on a phone, and Coupa', async () => {
    const { coupa, pages } = stack;
    const wide = await openChat(await newWindow(), pages.chat, ada);
    const decided = await coupa.submit({ title: 'Laptops for new hires', chain: [201, 202] });
    await wide.button(await shown(wide.cards(decided.requisitionId)), 'Approve').click();
    await shown(wide.said('Done, I approved it.'));
    const open = await coupa.submit({
      title: 'Chairs for the meeting rooms',
      justification: 'Half of the old ones are broken',
      requesterId: 104,
      currency: 'EUR',
      lines: [
        { description: 'Stacking chair', quantity: '24', unitPrice: '89.90', supplier: 'Upright Office' },
      ],
      chain: [201, 205],
    });
    await expect.poll(() => isInSight(wide.cards(open.requisitionId)), { timeout: boundMs }).toBe(true);
    await picture('chat.png', wide.page);
    const phone = await openChat(await newWindow({ viewport: phoneSize }), pages.chat, ada);
    await picture('chat-phone.png', phone.page);
    const window = await newWindow();
    const page = await live(await window.open(`${pages.coupa}/requisitions/${open.requisitionId}`));
    await picture('coupa.png', page);
  });
});
