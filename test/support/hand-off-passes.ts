import type { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createPollActivities } from '../../src/activities/poll/activities.ts';
import type { HandOffRule } from '../../src/config/config.ts';
import type { CoupaClient } from '../../src/connectors/coupa/client.ts';
import type { Mode } from '../../src/contract/mode.ts';
import type { HandOffCursor, HandOffPassInput, HandOffPassResult } from '../../src/contract/poll.ts';

interface Options {
  readonly mode?: Mode;
  /** Another rule than the usual one. */
  readonly when?: HandOffRule;
  /** The last heartbeat of an attempt before. */
  readonly resumed?: HandOffPassResult;
}

/** Passes over approved requisitions, outside a worker. */
export function handOffPasses(deps: {
  readonly coupa: CoupaClient;
  readonly client: Client;
  readonly rule: HandOffRule;
}) {
  const { coupa, client, rule } = deps;

  /** One pass outside a worker. */
  async function pass(input: Partial<HandOffPassInput> = {}, options: Options = {}) {
    const { mode = 'decide', when = rule, resumed } = options;
    const activities = createPollActivities({
      coupa,
      client,
      pollIntervalMs: 60_000,
      policy: '',
      handOff: { rule: when, mode },
    });
    const environment = new MockActivityEnvironment(
      { heartbeatDetails: resumed },
      { logger: new DefaultLogger('ERROR') },
    );
    const beats: HandOffPassResult[] = [];
    environment.on('heartbeat', (details: HandOffPassResult) => beats.push(details));
    const whole = { now: new Date().toISOString(), maxRequests: 100, ...input };
    const run = (argument: HandOffPassInput) => activities.handOffPass(argument);
    const result = await environment.run<[HandOffPassInput], HandOffPassResult | null, typeof run>(
      run,
      whole,
    );
    return { result, beats };
  }

  /** The result of a pass in mode `decide`. */
  async function passed(
    input: Partial<HandOffPassInput> = {},
    options: Options = {},
  ): Promise<HandOffPassResult> {
    const { result } = await pass(input, options);
    if (result === null) throw new Error('the pass is off');
    return result;
  }

  /** Passes until both rounds are at their end, so that a test begins with nothing left over. */
  async function caughtUp(): Promise<HandOffCursor> {
    let { cursor } = await passed();
    while (cursor.after !== 0 || cursor.sweptTo !== 0) ({ cursor } = await passed({ cursor }));
    return cursor;
  }

  return { pass, passed, caughtUp };
}
