import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Caller, Press } from './rolling-caller.ts';
import type { coupaControl, moveworksControl } from './sandbox-control.ts';
import { until } from './until.ts';

const betweenSubmitsMs = 500;
const betweenLooksMs = 200;
const settledWithinMs = 240_000;
/**
 * Beyond the 30 s that a request to Coupa may take, so that no worker ever hears of such a write's end, and beyond
 * what another worker may need to take it up, even if the first task that it is given is lost, too.
 */
const heldMs = 180_000;

/** Who is asked; the requester's own row Coupa approves by itself. */
export const approvers: readonly number[] = [201, 202];

const approve: Press = { action: 'approve' };
const reject: Press = { action: 'reject' };

/** How people behave, in turn: what is pressed at once, and what after that was answered. */
const habits: readonly (readonly (readonly Press[])[])[] = [
  [[approve]],
  // Two impatient taps.
  [[approve, approve]],
  // Both buttons at once: one of them wins.
  [[approve, reject]],
  // A change of mind after "accepted": the decision that was taken first stands, or it was lost.
  [[{ ...approve, prefer: 'respond-async' }], [reject]],
  [[reject], [reject]],
  [[{ ...reject, prefer: 'respond-async' }], [approve]],
];

/** What was pressed, and the answer that ended the matter. */
export interface Pressed {
  readonly approvalId: number;
  readonly action: Press['action'];
  /** Nothing was pressed before it or beside it: once it is accepted, it decides. */
  readonly alone: boolean;
  readonly answer: Answer;
}

async function behave(caller: Caller, reference: string, habit: number): Promise<Pressed[]> {
  const approvalId = Number(reference.split('.')[0]);
  const pressed: Pressed[] = [];
  for (const [turn, presses] of (habits[habit % habits.length] ?? []).entries()) {
    const alone = turn === 0 && presses.length === 1;
    const answers = await Promise.all(
      presses.map(async (press) => ({
        approvalId,
        action: press.action,
        alone,
        answer: await caller.press(reference, press),
      })),
    );
    pressed.push(...answers);
  }
  return pressed;
}

/** Submits requisitions at a steady pace, every third with a chain of two, and decides whatever card arrives. */
export function startLoad(deps: {
  coupa: ReturnType<typeof coupaControl>;
  moveworks: ReturnType<typeof moveworksControl>;
  caller: Caller;
}) {
  const { coupa, moveworks, caller } = deps;
  let submitted = 0;
  const presses: Promise<Pressed[]>[] = [];
  const submitting = new AbortController();
  const looking = new AbortController();
  const failures: unknown[] = [];

  const submit = async (): Promise<void> => {
    while (!submitting.signal.aborted) {
      submitted += 1;
      await coupa.submit({ chain: approvers.slice(0, submitted % 3 === 0 ? 2 : 1) });
      await sleep(betweenSubmitsMs);
    }
  };
  const look = async (): Promise<void> => {
    let after = 0;
    while (!looking.signal.aborted) {
      for (const { id, kind, slots } of await moveworks.messages(after)) {
        after = id;
        if (kind !== 'decision') continue;
        const pressed = behave(caller, slots['approval_id'] ?? '', presses.length);
        pressed.catch((error: unknown) => failures.push(error));
        presses.push(pressed);
      }
      await sleep(betweenLooksMs);
    }
  };
  const working = Promise.all([submit(), look()]);
  working.catch((error: unknown) => failures.push(error));
  const heldWrites = async () => (await coupa.requests()).filter(({ fault }) => fault === 'delay').length;

  return {
    failures,
    /** Lets Coupa hold one write up until everybody has given it up, and returns once a worker made that write. */
    holdWrite: async (): Promise<void> => {
      const before = await heldWrites();
      await coupa.fault({ route: 'approve', kind: 'delay', delayMs: heldMs });
      await until('a write that Coupa holds up', async () => (await heldWrites()) > before);
    },
    /** Submits no more, waits until each requisition has come to its end or does not, and tells all that happened. */
    finish: async () => {
      submitting.abort();
      // One that does not come to its end is found by the claims.
      await until(
        'each requisition to be approved or sent back',
        async () => {
          const { requisitions } = await coupa.state();
          return (
            failures.length > 0 ||
            requisitions.every(({ status }) => status === 'approved' || status === 'draft')
          );
        },
        settledWithinMs,
      ).catch(() => undefined);
      looking.abort();
      await working;
      return { submitted, pressed: (await Promise.all(presses)).flat() };
    },
    /** Submits and decides no more. */
    end: (): void => {
      submitting.abort();
      looking.abort();
    },
  };
}
