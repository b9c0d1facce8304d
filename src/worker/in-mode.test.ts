import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mode } from '../contract/mode.ts';
import { RefusedError } from '../connectors/http/errors.ts';
import { sampleDocument, scripted } from '../activities/concur/test-concur.ts';
import { startSandboxes } from '../../test/support/sandboxes.ts';
import { coupaControl, moveworksControl } from '../../test/support/sandbox-control.ts';
import { inMode } from './in-mode.ts';
import { createVendors } from './vendors.ts';

let sandboxes: Awaited<ReturnType<typeof startSandboxes>>;
beforeAll(async () => {
  sandboxes = await startSandboxes(undefined);
});
afterAll(async () => {
  await sandboxes.close();
});

function vendorsIn(mode: Mode) {
  const { config, pages } = sandboxes;
  const changed = { ...config, policy: { ...config.policy, mode } };
  return {
    ...createVendors(changed),
    config: changed,
    coupaControl: coupaControl(pages.coupa),
    moveworksControl: moveworksControl(pages.chat),
  };
}

const question = (eventId: string) => ({
  eventId,
  message: '<b>Laptops</b>',
  recipients: ['ada.prover@example.test'],
  slots: { approval_id: '1.201.c.mac', requisition_id: '5001' },
});

describe.each(['shadow', 'notify'] as const)('the clients in MODE=%s', (mode) => {
  it('refuse to comment on a requisition, and send nothing to Coupa', async () => {
    const { coupa, coupaControl: control } = vendorsIn(mode);
    const { requisitionId } = await control.submit();
    await expect(coupa.addComment(requisitionId, 'x')).rejects.toThrow('nothing is written');
    expect((await control.requests()).filter(({ path }) => path.endsWith('/comments'))).toEqual([]);
  });

  it.each(['approve', 'reject'] as const)('refuse to %s, and send nothing to Coupa', async (action) => {
    const { coupa, coupaControl: control } = vendorsIn(mode);
    const { approvalId } = await control.submit({ chain: [201] });
    const refusal: unknown = await coupa[action](approvalId, { reason: 'x' }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({ words: [`Decisions are off here (MODE=${mode}): decide in Coupa.`] });
    expect((await control.requests()).filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(await coupa.getApproval(approvalId)).toMatchObject({ status: 'pending_approval' });
  });
});

describe.each(['shadow', 'notify'] as const)('SAP Concur in MODE=%s', (mode) => {
  it('is read, and refuses to create before anything is sent there', async () => {
    const { coupa, moveworks, config } = vendorsIn(mode);
    // A call of the create would be an error of another kind.
    const concur = scripted({ hasVendor: () => Promise.resolve(true) });
    const usable = inMode({ coupa, moveworks, concur }, config).concur;
    expect(await usable?.hasVendor({ vendorCode: 'V-1', addressCode: 'A' })).toBe(true);
    const refusal: unknown = await usable
      ?.createPurchaseRequest(sampleDocument, { correlationId: '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21' })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({
      words: [`Nothing is created in SAP Concur from here (MODE=${mode}): create it there.`],
    });
  });

  it('stays away where it is not configured', () => {
    expect(vendorsIn(mode)).not.toHaveProperty('concur');
  });
});

describe('messages in MODE=shadow', () => {
  it('are answered as if they were sent, noted without a word of them, and not sent', async () => {
    const { moveworks, coupa, config, moveworksControl: control } = vendorsIn('shadow');
    const noted: unknown[] = [];
    const noting = inMode({ coupa, moveworks }, config, (unsent) => void noted.push(unsent));
    await moveworks.send(question(config.moveworks.eventId));
    await noting.moveworks.send(question(config.moveworks.eventId));
    expect(noted).toEqual([{ recipients: 1, characters: 14 }]);
    expect(await control.requests()).toEqual([]);
  });
});

describe('messages in MODE=notify', () => {
  it('go out as notices without slots, and say where to decide', async () => {
    const { moveworks, config, moveworksControl: control } = vendorsIn('notify');
    await moveworks.send(question(config.moveworks.eventId));
    const message = (await control.messages()).at(-1);
    expect(message).toMatchObject({ kind: 'notice', slots: {}, actions: [] });
    const address = `${config.coupa.baseUrl}/requisition_headers/5001`;
    expect(message?.message).toBe(
      `<b>Laptops</b>\n\n<b>Decide in Coupa:</b> <a href="${address}">requisition 5001</a>`,
    );
  });

  it('that ask nothing go out as they are, and the mode may be applied twice', async () => {
    const { moveworks, coupa, config, moveworksControl: control } = vendorsIn('notify');
    const { slots, ...notice } = question(config.moveworks.eventId);
    await inMode({ coupa, moveworks }, config).moveworks.send(notice);
    expect((await control.messages()).at(-1)).toMatchObject({ kind: 'notice', message: '<b>Laptops</b>' });
    await inMode({ coupa, moveworks }, config).moveworks.send({ ...notice, slots });
    expect((await control.messages()).at(-1)?.message.match(/Decide in Coupa/g)).toHaveLength(1);
  });

  it('leave the line out where a message fills all that Moveworks takes', async () => {
    const { moveworks, config, moveworksControl: control } = vendorsIn('notify');
    await moveworks.send({ ...question(config.moveworks.eventId), message: 'x'.repeat(19_990) });
    expect((await control.messages()).at(-1)?.message).toHaveLength(19_990);
  });

  it('need an event for notices: without one no client is made', () => {
    const { coupa, moveworks, config } = vendorsIn('notify');
    const { noticeEventId, ...rest } = config.moveworks;
    expect(noticeEventId).toBeDefined();
    expect(() => inMode({ coupa, moveworks }, { ...config, moveworks: rest })).toThrow(
      'MOVEWORKS_NOTICE_EVENT_ID',
    );
  });
});

describe('MODE=decide', () => {
  it('leaves all clients as they are', () => {
    const { coupa, moveworks, config } = vendorsIn('decide');
    const concur = scripted({});
    const same = inMode({ coupa, moveworks, concur }, config);
    expect(same.coupa).toBe(coupa);
    expect(same.moveworks).toBe(moveworks);
    expect(same.concur).toBe(concur);
  });
});
