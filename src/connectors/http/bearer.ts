import { Secret } from '../../contract/secret.ts';
import type { TokenSource } from './token-source.ts';

/** Where the request layer gets its bearer credential, and what it does when the vendor answers 401. */
export interface Bearer {
  /** The credential without the word `Bearer`. */
  token(signal?: AbortSignal): Promise<Secret>;
  /** How long to rest before the same credential is tried once more after a 401, in milliseconds; 0: not at all. */
  restMs?(token: Secret): number;
  /** Told of a 401; says whether one more try, with `token()` asked again, makes sense. */
  refused(token: Secret): 'retry' | 'fail';
}

/** A key that does not change. A leading `Bearer ` is taken off, since people copy it along. */
export function fixedBearer(key: Secret): Bearer {
  const bare = new Secret(
    key
      .reveal()
      .trim()
      .replace(/^(?:bearer\s+)+/i, ''),
  );
  return { token: () => Promise.resolve(bare), refused: () => 'fail' };
}

/**
 * An access token that is minted, renewed, and minted once more after a 401. One that is refused while it is young is
 * given time first: a new one would be younger still.
 */
export function mintedBearer(source: TokenSource): Bearer {
  return {
    token: (signal) => source.token(signal),
    restMs: (token) => source.restMs(token),
    refused: (token) => {
      source.invalidate(token);
      return 'retry';
    },
  };
}
