import type { ApiDeps } from './deps.ts';
import type { testApi } from './test-api.ts';
import type { TestEngine } from './test-engine.ts';

type Api = ReturnType<typeof testApi>;

/** One request: what is so before it, and how it is made. */
export interface Case {
  readonly route: string;
  readonly deps?: Partial<ApiDeps>;
  readonly given?: (engine: TestEngine) => void;
  readonly make: (api: Api) => ReturnType<Api['send']>;
}
