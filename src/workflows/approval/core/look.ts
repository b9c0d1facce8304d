import type { Step } from './events.ts';
import type { ApprovalCore } from './state.ts';

/** Looks at Coupa, unless a look is under way or a decision is: those end in a look of their own. */
export function look(core: ApprovalCore): Step {
  if (core.looking || core.winding || core.queue.length > 0)
    return { core: { ...core, lookAgain: true }, commands: [] };
  return { core: { ...core, looking: true, lookAgain: false }, commands: [{ kind: 'look' }] };
}
