import type { Locator, Page } from 'playwright-core';
import type { Window } from './browser.ts';

export const ada = 'ada.prover@example.test';
export const bo = 'bo.ss@example.test';

/** Resolves once the page listens to its server: from then on news must arrive without a reload. */
export async function live(page: Page): Promise<Page> {
  await page.locator('#live-state', { hasText: 'Live' }).waitFor();
  await page.evaluate('window.isSameDocument = true');
  return page;
}

/** Whether the page is still the document that `live` saw. */
export function isSameDocument(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('window.isSameDocument === true');
}

/** Waits until exactly one element matches, and is in sight. */
export async function shown(locator: Locator): Promise<Locator> {
  await locator.waitFor();
  return locator;
}

/** One person's conversation on the chat page. */
export async function openChat(window: Window, url: string, person: string) {
  const page = await live(await window.open(`${url}/?person=${encodeURIComponent(person)}`));
  const items = page.locator('#items > li');
  const already = await items.count();
  return {
    page,
    items,
    /** The cards of a requisition, in their order. */
    cards: (requisitionId: number) =>
      items.filter({ hasText: `Requisition ID: ${requisitionId}` }).filter({ has: page.getByRole('button') }),
    button: (card: Locator, name: string) => card.getByRole('button', { name, exact: true }),
    /** What the assistant or the person has said since this window was opened, by a part of it. */
    said: (text: string | RegExp) =>
      page.locator(`#items > li:nth-child(n + ${already + 1})`).filter({ hasText: text }),
  };
}

export type Chat = Awaited<ReturnType<typeof openChat>>;

/** Presses two buttons with two mice at the same moment. */
export async function pressTogether(...buttons: readonly [Locator, Locator]): Promise<void> {
  for (const button of buttons) await button.hover();
  await Promise.all(buttons.map((button) => button.page().mouse.down()));
  await Promise.all(buttons.map((button) => button.page().mouse.up()));
}

export interface NewRequisition {
  title: string;
  requester?: string;
  approvers: readonly string[];
}

const ordinals = ['First', 'Second', 'Third'];

/** Submits on the Coupa page, as a requester does. Resolves with the requisition's id, on its page. */
export async function submitOnPage(page: Page, { title, requester, approvers }: NewRequisition) {
  const form = page.locator('#new');
  await form.getByText('Change what is asked for').click();
  await form.getByLabel('Title').fill(title);
  if (requester !== undefined) await form.getByLabel('Requester').selectOption({ label: requester });
  for (const [index, label] of approvers.entries()) {
    await form.getByLabel(`${ordinals[index] ?? ''} approver`).selectOption({ label });
  }
  await form.getByRole('button', { name: 'Submit' }).click();
  await page.waitForURL(/\/requisitions\/\d+$/);
  await live(page);
  return Number(page.url().split('/').at(-1));
}

/** The requisition's status as its page shows it. */
export function statusOf(page: Page): Locator {
  return page.locator('#facts .badge');
}

/** Whether the keyboard is at an element. */
export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(':focus')).count()) === 1;
}

/** Whether one sees where the keyboard is: by an outline of the element itself or of its `::after`. */
export function isFocusVisible(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const element = document.activeElement;
    const widths = ['', '::after'].map((part) => getComputedStyle(element, part))
      .filter((style) => style.outlineStyle !== 'none').map((style) => parseFloat(style.outlineWidth));
    return element.matches(':focus-visible') && Math.max(0, ...widths) >= 2;
  })()`);
}

const mostStops = 80;

/** Presses Tab until the keyboard is where it is wanted; throws where it does not come there, or where one cannot see it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < mostStops; stops += 1) {
    if (await hasFocus(target)) {
      if (await isFocusVisible(page)) return;
      throw new Error(`One does not see that the keyboard is at ${target.toString()}.`);
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not come to ${target.toString()}.`);
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Whether an element lies in the window wholly, without scrolling. */
export async function isInSight(target: Locator): Promise<boolean> {
  const box = await target.boundingBox();
  const size = target.page().viewportSize();
  if (box === null || size === null) return false;
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
}
