import { setTimeout as sleep } from 'node:timers/promises';
import type { TapFault } from '../support/coupa-tap.ts';
import { linesOf } from './coupa-truth.ts';
import { chosen, type Live, type Play } from './play.ts';
import { addressOf, currentCard, currentRows, press, pressCard } from './press.ts';
import type { Move, Moves } from './sequence.ts';

function liveOf({ live }: Play, r: number): Live {
  const found = chosen(live, r);
  if (found === undefined) throw new Error('a sequence has at least one requisition');
  return found;
}

/** Coupa refuses what is not possible at the moment, such as withdrawing a draft: then nothing was done. */
async function ifPossible(done: Promise<unknown>): Promise<boolean> {
  return done.then(
    () => true,
    () => false,
  );
}

async function editTo(play: Play, live: Live, version: number, more: object = {}): Promise<void> {
  const { coupa } = play.stage.stack;
  if (await ifPossible(coupa.edit(live.id, { lines: linesOf(version), ...more }))) live.version = version;
}

function plan({ stage, faults }: Play, fault: TapFault): void {
  faults.push(fault);
  stage.stack.tap.plan(fault);
}

/** A reference that nobody ever made: with another person, another approval, or another proof. */
function forged(reference: string, how: string): string {
  const [approvalId = '', userId = '', card = '', mac = ''] = reference.split('.');
  if (how === 'user') return `${approvalId}.${userId === '205' ? 204 : 205}.${card}.${mac}`;
  if (how === 'approval') return `${Number(approvalId) + 1}.${userId}.${card}.${mac}`;
  return `${approvalId}.${userId}.${card}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`;
}

const moves: Moves<Play> = {
  async edit(play, { r, bump }) {
    const live = liveOf(play, r);
    await editTo(play, live, (live.edits += 1), { bump });
  },
  async revert(play, { r }) {
    const live = liveOf(play, r);
    // Once: the same news is told to an approval only once in a while.
    if (live.version === 0 || live.asksAgain > 0) return;
    live.asksAgain += 1;
    await editTo(play, live, 0);
  },
  async withdraw(play, { r }) {
    await ifPossible(play.stage.stack.coupa.withdraw(liveOf(play, r).id));
  },
  async submit(play, { r }) {
    await ifPossible(play.stage.stack.coupa.resubmit(liveOf(play, r).id));
  },
  async decideInCoupa(play, { r, pick, action }) {
    const row = chosen(await currentRows(play, liveOf(play, r)), pick);
    if (row !== undefined)
      await ifPossible(play.stage.stack.coupa.decide(row, { action, reason: 'in Coupa' }));
  },
  async skip(play, { r, pick }) {
    const row = chosen(await currentRows(play, liveOf(play, r)), pick);
    if (row !== undefined) await ifPossible(play.stage.stack.coupa.skip(row));
  },
  async escalate(play, { r, pick, toUserId, newRow }) {
    const live = liveOf(play, r);
    const row = chosen(await currentRows(play, live), pick);
    // In place once, as an edit is taken back once.
    if (row === undefined || (!newRow && live.asksAgain > 0)) return;
    if (!newRow) live.asksAgain += 1;
    await ifPossible(play.stage.stack.coupa.escalate(row, { toUserId, newRow }));
  },
  async restart(play, { r }) {
    await ifPossible(play.stage.stack.coupa.restart(liveOf(play, r).id));
  },
  async remove(play, { r }) {
    await ifPossible(play.stage.stack.coupa.remove(liveOf(play, r).id));
  },
  async press(play, { r, pick, action, stays }) {
    const live = liveOf(play, r);
    const card = await currentCard(play, live, pick);
    if (card !== undefined) await pressCard(play, live, card, action, stays);
  },
  async pressTwice(play, { r, pick, action, stays }) {
    const live = liveOf(play, r);
    const card = await currentCard(play, live, pick);
    if (card === undefined) return;
    await Promise.all([1, 2].map(() => pressCard(play, live, card, action, stays)));
  },
  async pressBoth(play, { r, pick, stays }) {
    const live = liveOf(play, r);
    const card = await currentCard(play, live, pick);
    if (card === undefined) return;
    const both = ['approve', 'reject'] as const;
    await Promise.all(both.map((action) => pressCard(play, live, card, action, stays)));
  },
  async pressOld(play, { r, pick, action, stays }) {
    const live = liveOf(play, r);
    await play.stage.mailbox.refresh();
    const card = chosen(play.stage.mailbox.cards(live.id), pick);
    if (card !== undefined) await pressCard(play, live, card, action, stays);
  },
  async pressForged(play, { r, pick, action, how }) {
    const live = liveOf(play, r);
    const card = await currentCard(play, live, pick);
    if (card?.userId === undefined) return;
    const { approvalId, userId } = card;
    await press(
      play,
      live,
      { approvalId, action, userId, kind: 'forged', ref: forged(card.reference, how) },
      true,
    );
  },
  async pressAsAnother(play, { r, pick, action, other }) {
    const live = liveOf(play, r);
    const card = await currentCard(play, live, pick);
    if (card?.userId === undefined || card.userId === other) return;
    const { approvalId, userId, reference: ref } = card;
    const email = addressOf(other) ?? '';
    await press(play, live, { approvalId, action, userId, kind: 'mismatch', ref, email }, true);
  },
  async pressBare(play, { r, pick, action, stays, stranger }) {
    const live = liveOf(play, r);
    const card = await currentCard(play, live, pick);
    const userId = stranger ?? card?.userId;
    if (card === undefined || userId === undefined) return;
    const { approvalId, version } = card;
    const email = addressOf(userId) ?? '';
    const input = { approvalId, action, userId, kind: 'bare', ref: approvalId, email, version } as const;
    await press(play, live, input, stays);
  },
  /** Follows a card's links, as a browser or a scanner of messages does (P8). */
  async follow(play, { r, pick }) {
    const { stack, mailbox } = play.stage;
    await mailbox.refresh();
    const card = chosen(mailbox.cards(liveOf(play, r).id), pick);
    if (card === undefined) return;
    const { reference, userId = 0 } = card;
    const at = `/approvals/${reference}`;
    for (const path of [at, `${at}/approve`, `${at}/reject`, `/approvals?approver=${userId}`, '/approvals']) {
      await stack.api.request('GET', path);
    }
  },
  async poll({ stage }) {
    await stage.stack.api.request('POST', '/poll');
  },
  async loseWrite(play, { r, how }) {
    const paths = (await currentRows(play, liveOf(play, r))).map((id) => `/api/approvals/${id}/`);
    plan(play, {
      kind: how,
      times: 1,
      matches: ({ method, path }) => method === 'PUT' && paths.some((each) => path.startsWith(each)),
    });
  },
  async outage(play, { r, how, times }) {
    const live = liveOf(play, r);
    const rows = await currentRows(play, live);
    const paths = [`/api/requisitions/${live.id}`, ...rows.map((id) => `/api/approvals/${id}`)];
    plan(play, { kind: how, times, matches: ({ method, path }) => method === 'GET' && paths.includes(path) });
  },
  async pause(_, { ms }) {
    await sleep(ms);
  },
};

/** Makes one move. A move for which the moment is not right does nothing. */
export async function make(play: Play, move: Move): Promise<void> {
  // Every kind's own function takes every move of that kind, which the compiler cannot see through the table.
  const run = moves[move.kind] as (play: Play, move: Move) => Promise<void>;
  await run(play, move);
}
