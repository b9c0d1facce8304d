import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOfSuite } from '../support/browser.ts';
import {
  isInSight,
  isSameDocument,
  live,
  openChat,
  overflow,
  shown,
  tabTo,
} from '../support/browser-pages.ts';
import { orderBody, purchasing } from '../support/concur-orders.ts';
import { startStack, type Stack } from '../support/stack.ts';

const rhea = 'rhea.quester@example.test';

const newWindow = browserOfSuite();
let stack: Stack;
let desk: ReturnType<typeof purchasing>;
/** Where somebody opens the simulated SAP Concur. */
let concurUrl: string;
beforeAll(async () => {
  stack = await startStack({ concur: true });
  desk = purchasing(stack.api);
  concurUrl = stack.pages.concur ?? '';
  await stack.concur.settings({ creationDelayMs: 200, routingDelayMs: 100, orderDelayMs: 200 });
});
afterAll(() => stack.stop());

/** Orders as a system of the company does, for Rhea to hear of. */
const order = (description: string) => desk.order(description, orderBody({ description, notify: rhea }));

const openConcur = async () => live(await (await newWindow()).open(concurUrl));

/** The row of a purchase request, once it can be approved. */
async function waiting(page: Page, description: string): Promise<Locator> {
  const row = page.getByRole('row').filter({ hasText: description });
  await row.locator('.badge', { hasText: 'Pending Approval' }).waitFor();
  return row;
}

/** Buttons are named after their request as well, for those who do not see the table. */
const button = (row: Locator, name: string, description: string) =>
  row.getByRole('button', { name: `${name} ${description}`, exact: true });

describe('an order that a system sends', () => {
  it('shows in Concur, is approved there, and its purchase order reaches the requester’s chat, all without a reload', async () => {
    const chat = await openChat(await newWindow(), stack.pages.chat, rhea);
    const concur = await openConcur();
    const id = await order('Nitrile gloves');

    const row = await waiting(concur, 'Nitrile gloves');
    expect(await isSameDocument(concur)).toBe(true);
    expect(await row.innerText()).toContain('Rhea Quester');
    expect(await row.innerText()).toContain('225.00 USD');
    const created = await shown(chat.said('Your purchase request was created in SAP Concur'));
    expect(await created.innerText()).toContain('Nitrile gloves');

    await button(row, 'Approve', 'Nitrile gloves').click();
    await shown(concur.getByText('Approved. Its purchase orders follow in a moment.'));
    const ordered = await shown(chat.said('Your purchase request has become a purchase order'));
    const { state } = await desk.seen(id, 'to be ordered', (view) => view.state === 'ordered');
    expect(state).toBe('ordered');
    const [held, ...others] = await stack.concur.withRef(id);
    expect(others).toEqual([]);
    const [number = 'none'] = held?.orders ?? [];
    expect(await ordered.innerText()).toContain(`${number} (vendor ACME)`);
    await shown(row.getByText(number));
    expect(await isSameDocument(chat.page)).toBe(true);
  });

  it('is sent back in Concur, and its requester hears of it in the chat', async () => {
    const chat = await openChat(await newWindow(), stack.pages.chat, rhea);
    const concur = await openConcur();
    await order('Shelves');
    const row = await waiting(concur, 'Shelves');
    await button(row, 'Send back', 'Shelves').click();
    await shown(concur.getByText('Sent back to the employee.'));
    await shown(row.locator('.badge', { hasText: 'Sent Back To Employee' }));
    const told = await shown(chat.said('Your purchase request was sent back to you in SAP Concur'));
    expect(await told.innerText()).toContain('Shelves');
    expect(await isSameDocument(chat.page)).toBe(true);

    // Submitted again there, it goes its way.
    await button(row, 'Approve', 'Shelves').click();
    await shown(chat.said('Your purchase request has become a purchase order'));
  });

  it('whose time to be approved runs out is told to its requester', async () => {
    const chat = await openChat(await newWindow(), stack.pages.chat, rhea);
    const concur = await openConcur();
    await order('Projector');
    await button(await waiting(concur, 'Projector'), 'Let it expire', 'Projector').click();
    await shown(concur.getByText('The time for its approval is over.'));
    await shown(chat.said('The time to approve your purchase request has run out in SAP Concur'));
  });
});

describe('the Concur page', () => {
  it('is worked by the keyboard alone, which stays where it is when news arrive', async () => {
    const concur = await openConcur();
    await order('Whiteboard');
    const row = await waiting(concur, 'Whiteboard');
    const approve = button(row, 'Approve', 'Whiteboard');
    await tabTo(concur, approve);
    await order('Markers');
    await waiting(concur, 'Markers');
    await tabTo(concur, approve);
    await concur.keyboard.press('Enter');
    await shown(concur.getByText('Approved. Its purchase orders follow in a moment.'));
    await shown(row.getByText(/^PO\d+$/));
    expect(await button(row, 'Approve', 'Whiteboard').isDisabled()).toBe(true);
  });

  it('leads to the chat and to Coupa, and both lead back', async () => {
    const page = await openConcur();
    const { chat, coupa } = stack.pages;
    const way = [
      ['Coupa', coupa],
      ['Concur', concurUrl],
      ['Chat', chat],
      ['Coupa', coupa],
      ['Chat', chat],
      ['Concur', concurUrl],
    ] as const;
    for (const [name, url] of way) {
      const link = page.getByRole('navigation', { name: 'Sandbox' }).getByRole('link', { name, exact: true });
      await tabTo(page, link);
      await page.keyboard.press('Enter');
      await page.waitForURL(`${url}/`);
      const here = page.locator('nav [aria-current="page"]');
      expect(await here.innerText()).toBe(name);
    }
  });

  it.each([1280, 360])('keeps its buttons in sight beside long texts, %i pixels wide', async (width) => {
    const window = await newWindow({ viewport: { width, height: 740 } });
    const page = await live(await window.open(concurUrl));
    const description = `Paper ${width} ${'W'.repeat(200)}`;
    await desk.order(description, orderBody({ description, comments: 'c'.repeat(400), notify: rhea }));
    const row = await waiting(page, `Paper ${width}`);
    expect(await overflow(page)).toBe(0);
    const frame = page.getByRole('region', { name: 'Table of purchase requests' });
    await tabTo(page, frame);
    expect(await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    const expire = row.getByRole('button', { name: /^Let it expire/ });
    await expire.scrollIntoViewIfNeeded();
    expect(await isInSight(expire)).toBe(true);
  });
});
