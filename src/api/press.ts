import type { Decision } from '../contract/decision.ts';
import type { Settlement } from '../contract/messages.ts';
import { answerAfter, endOf } from './ended.ts';
import type { Engine } from './engine/engine.ts';

/**
 * Hands a decision over and waits for its answer, at most `waitMs`; `pending` when it is held but not settled.
 * Everything before Temporal holds it throws instead (P3): `EngineUnavailable`, or a problem.
 */
export async function press(
  engine: Engine,
  approvalId: number,
  decision: Decision,
  wait: { waitMs: number; signal: AbortSignal },
): Promise<Settlement> {
  const held = await engine.decide(approvalId, decision);
  if (held !== 'accepted') return answerAfter(decision, await endOf(engine, approvalId, held));
  if (wait.waitMs === 0) return { kind: 'pending' };
  return engine.settled(approvalId, decision, wait.waitMs, wait.signal);
}
