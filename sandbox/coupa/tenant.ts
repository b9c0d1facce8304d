import type { Directory } from './directory.ts';
import type { CoupaSettings } from './options.ts';
import type { CoupaStore } from './store.ts';

/** One simulated tenant: its documents, its people, and how it behaves. */
export interface Tenant {
  store: CoupaStore;
  directory: Directory;
  settings: CoupaSettings;
}
