import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/listen.ts';
import { startCoupaSandbox, startMoveworksSandbox } from '../../sandbox/index.ts';
import { decisionEvent } from '../../sandbox/moveworks/events.ts';
import { browserOfSuite } from '../support/browser.ts';
import { ada, isSameDocument, live, openChat, shown } from '../support/browser-pages.ts';
import { coupaControl } from '../support/sandbox-control.ts';

const newWindow = browserOfSuite();
/** What the console says while nobody listens at the address. */
const expected =
  /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/;
const eventId = '00000000-0000-4000-8000-000000000001';

let folder: string;
let sandbox: Sandbox;
/** Starts the sandbox again with its state, where it was: as after a crash. */
let again: () => Promise<void>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-pages-'));
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Below the ports that systems hand out for outgoing connections, one of which could take it while it is free. */
const somePort = () => 20_000 + Math.floor(Math.random() * 8_000);

async function begin(start: (port: number) => Promise<Sandbox>): Promise<void> {
  sandbox = await start(somePort()).catch(() => start(somePort()));
  const port = Number(new URL(sandbox.url).port);
  again = async () => {
    sandbox = await start(port);
  };
}

const lost = { hasText: 'Connection lost; trying again.' };

describe('the chat page', () => {
  beforeEach(() =>
    begin((port) =>
      startMoveworksSandbox({
        port,
        apiKey: 'key',
        statePath: join(folder, 'moveworks.json'),
        events: [decisionEvent(eventId, 'guide')],
      }),
    ),
  );

  async function send(name: string): Promise<void> {
    const answer = await fetch(`${sandbox.url}/rest/v1/events/${eventId}/messages/send`, {
      method: 'POST',
      headers: { Authorization: 'Bearer key', 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: name, recipients: [ada], context: { slots: { approval_id: name } } }),
    });
    expect(answer.status).toBe(200);
  }

  it('says that it hears nothing, comes back by itself, and has missed nothing and doubled nothing', async () => {
    const chat = await openChat(await newWindow({ expected }), sandbox.url, ada);
    await send('First');
    await shown(chat.said('First'));
    await sandbox.close();
    await shown(chat.page.locator('#live-state', lost));
    await again();
    await send('Second');
    await shown(chat.said('Second'));
    await shown(chat.page.locator('#live-state', { hasText: 'Live' }));
    expect(await chat.items.count()).toBe(2);
    expect(await isSameDocument(chat.page)).toBe(true);
  });

  it('keeps a reason that could not be sent, and sends it when the sandbox is back', async () => {
    const chat = await openChat(await newWindow({ expected }), sandbox.url, ada);
    await send('First');
    await chat.button(chat.said('First'), 'Send Back').click();
    await chat.page.getByLabel('Reason').fill('Too dear');
    await sandbox.close();
    const submit = chat.page.getByRole('button', { name: 'Submit' });
    await submit.click();
    await shown(chat.page.getByText('The sandbox could not be reached.'));
    expect(await chat.page.getByLabel('Reason').inputValue()).toBe('Too dear');
    await again();
    await shown(chat.page.locator('#live-state', { hasText: 'Live' }));
    await submit.click();
    await shown(chat.said('Too dear'));
    await shown(chat.said('No connector is configured'));
  });
});

describe('the Coupa page', () => {
  beforeEach(() =>
    begin((port) =>
      startCoupaSandbox({ port, clientId: 'c', clientSecret: 's', statePath: join(folder, 'coupa.json') }),
    ),
  );

  it('says that it hears nothing, comes back by itself, and shows what it missed', async () => {
    const page = await live(await (await newWindow({ expected })).open(sandbox.url));
    await shown(page.getByText('No requisition yet.'));
    await sandbox.close();
    await shown(page.locator('#live-state', lost));
    await again();
    await coupaControl(sandbox.url).submit({ title: 'Meanwhile' });
    await shown(page.getByRole('link', { name: 'Meanwhile' }));
    await shown(page.locator('#live-state', { hasText: 'Live' }));
    expect(await isSameDocument(page)).toBe(true);
  });
});
