/** How far Countersign goes: it only watches, people are told but decide in Coupa, or decisions are taken. */
export const modes = ['shadow', 'notify', 'decide'] as const;
export type Mode = (typeof modes)[number];

/** Whether a card that went out in one mode falls short of what another one wants of it. */
export function goesFurther(mode: Mode, than: Mode): boolean {
  return modes.indexOf(mode) > modes.indexOf(than);
}
