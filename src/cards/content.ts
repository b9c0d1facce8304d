import type { CardField } from '../contract/card-fields.ts';
import type { Mode } from '../contract/mode.ts';
import type { Facts } from '../contract/facts.ts';
import type { Sheet } from '../contract/observation.ts';
import type { SendCardInput } from '../contract/message-inputs.ts';
import type { Approver } from '../contract/person.ts';

/** What cards show, in which order, and how amounts and dates are written. */
export interface CardStyle {
  readonly mode: Mode;
  readonly locale: string;
  readonly timeZone: string;
  readonly cardFields: readonly CardField[];
  /** Where Coupa's own pages are, for the field `link`; without a slash at its end, it may carry a path. */
  readonly coupaBaseUrl: string;
}

/** The newest comment on a requisition. `author` is null where Coupa does not say who wrote it. */
export interface LastComment {
  readonly author: string | null;
  readonly text: string;
}

export interface CardContent {
  readonly sheet: Sheet;
  readonly to: Approver;
  readonly others?: SendCardInput['others'];
  /** Facts of the card before this one, when they differ: the message then says what changed (P4). */
  readonly previous?: Facts;
  /** The approver was asked this long ago: the message then says so. */
  readonly reminder?: { readonly waitedMs: number };
  readonly lastComment?: LastComment;
}
