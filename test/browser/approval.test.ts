import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOfSuite } from '../support/browser.ts';
import {
  ada,
  bo,
  isSameDocument,
  live,
  openChat,
  shown,
  statusOf,
  submitOnPage,
} from '../support/browser-pages.ts';
import { startStack, type Stack } from '../support/stack.ts';

const newWindow = browserOfSuite();
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

describe('an approval from the requester to the last approver', () => {
  it('goes on live in every window, without a reload', async () => {
    const { pages } = stack;
    const adas = await openChat(await newWindow(), pages.chat, ada);
    const bos = await openChat(await newWindow(), pages.chat, bo);
    const requester = await newWindow();
    const coupa = await requester.open(pages.coupa);
    const list = await live(await requester.open(pages.coupa));
    const id = await submitOnPage(coupa, {
      title: 'Lathe for the workshop',
      approvers: ['Ada Prover, Engineering', 'Bo Ss, Finance'],
    });

    const card = await shown(adas.cards(id));
    expect(await card.innerText()).toContain('Lathe for the workshop');
    expect(await statusOf(coupa).innerText()).toBe('Waiting for approval');
    await adas.button(card, 'Approve').click();
    await shown(adas.said('Done, I approved it.'));
    await shown(card.getByText('You answered this.'));

    await shown(
      coupa.locator('#chain li').filter({ hasText: 'Ada Prover' }).getByText('Approved', { exact: true }),
    );
    await shown(coupa.locator('#history').getByText('Approved by Chat Approvals (the API)'));
    await bos.button(await shown(bos.cards(id)), 'Approve').click();
    await shown(bos.said('Done, I approved it.'));
    await statusOf(coupa).getByText('Approved', { exact: true }).waitFor();
    await shown(
      list
        .locator('#list li')
        .filter({ hasText: `No. ${id}` })
        .getByText('Approved', { exact: true }),
    );
    for (const page of [adas.page, bos.page, coupa, list]) expect(await isSameDocument(page)).toBe(true);
  });

  it('leads from the requisition in Coupa to the chat of whoever is asked, and counts what waits there', async () => {
    const { pages } = stack;
    const window = await newWindow();
    const welcome = await live(await window.open(pages.chat));
    const badge = welcome.locator('[data-waiting-for="cher.chief@example.test"] .badge');
    expect(await badge.count()).toBe(0);
    const coupa = await window.open(pages.coupa);
    const id = await submitOnPage(coupa, { title: 'Curtains', approvers: ['Cher Chief, Executive'] });
    await shown(badge.getByText('1'));
    await coupa.getByRole('link', { name: 'Answer in Cher’s chat' }).click();
    const card = await shown(coupa.locator('#items > li').filter({ hasText: `Requisition ID: ${id}` }));
    await live(coupa);
    await card.getByRole('button', { name: 'Approve' }).click();
    await badge.waitFor({ state: 'detached' });
  });
});

describe('sending back', () => {
  it('asks for the reason, and Coupa keeps it with who gave it', async () => {
    const { pages } = stack;
    const chat = await openChat(await newWindow(), pages.chat, ada);
    const coupa = await (await newWindow()).open(pages.coupa);
    const rheas = await openChat(await newWindow(), pages.chat, 'rhea.quester@example.test');
    const id = await submitOnPage(coupa, {
      title: 'Espresso machine',
      requester: 'Rhea Quester, Engineering',
      approvers: ['Ada Prover, Engineering'],
    });
    await chat.button(await shown(chat.cards(id)), 'Send Back').click();
    await shown(chat.said('What is the reason?'));
    await chat.page.getByLabel('Reason').fill('Too dear: take the small one & ask again <soon>');
    await chat.page.getByRole('button', { name: 'Submit' }).click();
    await shown(chat.said('Done, I sent it back.'));

    await statusOf(coupa).getByText('Rejected, back to draft').waitFor();
    const note = await shown(coupa.locator('#history .note'));
    expect(await note.innerText()).toMatch(
      /Ada Prover ada\.prover@example\.test.*: Too dear: take the small one & ask again <soon>$/,
    );
    // The requester hears of it in a notice, which has nothing to press.
    const notice = await shown(rheas.said('take the small one & ask again <soon>'));
    expect(await notice.getByRole('button').count()).toBe(0);
  });

  it('does nothing when the reason is given up', async () => {
    const chat = await openChat(await newWindow(), stack.pages.chat, ada);
    const { requisitionId, approvalId } = await stack.coupa.submit({ chain: [201] });
    await chat.button(await shown(chat.cards(requisitionId)), 'Send Back').click();
    await chat.page.getByRole('button', { name: 'Cancel' }).click();
    await shown(chat.said('All right, I did nothing.'));
    expect(await chat.page.getByLabel('Reason').count()).toBe(0);
    expect(await stack.coupa.effects(approvalId)).toEqual([]);
  });
});

describe('hostile text', () => {
  const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>bold</b>';

  it('is shown as it was written, in Coupa and in chat, and runs nothing', async () => {
    const { pages } = stack;
    const chat = await openChat(await newWindow(), pages.chat, ada);
    const coupa = await (await newWindow()).open(pages.coupa);
    const id = await submitOnPage(coupa, { title: hostile, approvers: ['Ada Prover, Engineering'] });
    expect(await coupa.locator('h1').innerText()).toBe(hostile);
    const card = await shown(chat.cards(id));
    expect(await card.innerText()).toContain(hostile);
    await chat.button(card, 'Send Back').click();
    await chat.page.getByLabel('Reason').fill(hostile);
    await chat.page.getByRole('button', { name: 'Submit' }).click();
    await shown(chat.said('Done, I sent it back.'));
    await shown(coupa.locator('#history').getByText(hostile));

    for (const page of [chat.page, coupa]) expect(await page.evaluate('window.hacked')).toBeUndefined();
    const used = await chat.page.evaluate<string[]>(
      `[...document.querySelectorAll('.message-text *')].flatMap((node) =>
        [node.localName, ...[...node.attributes].map(({ name }) => name)])`,
    );
    expect(used).toEqual(expect.arrayContaining(['b', 'i', 'br']));
    const foreign = used.filter((name) => !['b', 'i', 'br', 'ul', 'li', 'a', 'href'].includes(name));
    expect(foreign).toEqual([]);
  });
});
