import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserOfSuite } from '../support/browser.ts';
import { ada, bo, openChat, shown, statusOf, submitOnPage } from '../support/browser-pages.ts';
import { startStack, type Stack } from '../support/stack.ts';

const newWindow = browserOfSuite();
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ actions: 'decision' });
});
afterAll(() => stack.stop());

/** Which of our routes the buttons would call. */
async function pathsOf(approvalId: number) {
  const [card] = await stack.moveworks.cards(approvalId);
  return card?.actions.map(({ path }) => path);
}

it('decides by one action whose value is the button, approving and sending back', async () => {
  const { pages, coupa } = stack;
  const adas = await openChat(await newWindow(), pages.chat, ada);
  const bos = await openChat(await newWindow(), pages.chat, bo);
  const page = await (await newWindow()).open(pages.coupa);
  const id = await submitOnPage(page, {
    title: 'Projector',
    approvers: ['Ada Prover, Engineering', 'Bo Ss, Finance'],
  });
  const adasCard = await shown(adas.cards(id));
  const first = (await coupa.requisition(id)).currentApprovalId ?? 0;
  const route = '/approvals/{{approval_id}}/decision';
  expect(await pathsOf(first)).toEqual([route, route]);
  await adas.button(adasCard, 'Approve').click();
  await shown(adas.said('Done, I approved it.'));

  await bos.button(await shown(bos.cards(id)), 'Send Back').click();
  await bos.page.getByLabel('Reason').fill('Borrow the one upstairs');
  await bos.page.getByRole('button', { name: 'Submit' }).click();
  await shown(bos.said('Done, I sent it back.'));
  await statusOf(page).getByText('Rejected, back to draft').waitFor();
  await shown(page.locator('#history').getByText('Borrow the one upstairs'));
  expect(await coupa.effects(first)).toHaveLength(1);
});
