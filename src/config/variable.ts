import type { KindName } from './kinds.ts';

/** One environment variable: its part, its kind, the text used when it is absent, its other name, one line about it. */
export interface Variable {
  readonly part: 'Coupa' | 'Moveworks' | 'Concur' | 'API' | 'Service' | 'Policy' | 'Temporal';
  readonly kind: KindName;
  readonly default?: string;
  /** The name that the public Moveworks guide for Coupa approvals uses in its example code. */
  readonly alias?: string;
  readonly says: string;
}
