import type { Mode } from '../contract/mode.ts';

/** What whoever wants something decided is told where decisions are off; undefined where they are taken. */
export function decisionsOff(mode: Mode): string | undefined {
  return mode === 'decide' ? undefined : `Decisions are off here (MODE=${mode}): decide in Coupa.`;
}

/** What whoever wants a purchase request created is told where none is; undefined where they are. */
export function creatingOff(mode: Mode): string | undefined {
  return mode === 'decide'
    ? undefined
    : `Nothing is created in SAP Concur from here (MODE=${mode}): create it there.`;
}
