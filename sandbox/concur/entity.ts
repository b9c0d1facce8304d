import type { ConcurSandboxOptions, ConcurSettings, TiedField } from './options.ts';
import type { Progress } from './progress.ts';
import type { ConcurStore } from './store.ts';
import type { ConcurUser } from './users.ts';

/** A simulated Concur entity: what it holds, how it behaves, and what happens in it by itself. */
export interface Entity {
  store: ConcurStore;
  settings: ConcurSettings;
  users: readonly ConcurUser[];
  tiedFields: readonly TiedField[];
  progress: Progress;
  /** The credentials that it was started with. */
  options: ConcurSandboxOptions;
}
