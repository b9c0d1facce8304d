import { closeSync, fchmodSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '../../../contract/secret.ts';
import { RetryableError, TerminalError } from '../../http/errors.ts';
import { newRequestToken } from './advice.ts';
import { codeOf } from './error-code.ts';
import { fileFacts } from './errors.ts';
import { geolocationOrigin } from './geolocation.ts';
import { replaceFile } from './replace-file.ts';

/** What outlives a process: the refresh token and where it is good. */
export interface StoredToken {
  readonly refreshToken: Secret;
  /** Seconds since the epoch, as Concur says it; undefined where it did not. */
  readonly refreshExpiresAtSeconds?: number | undefined;
  /** The geolocation's origin. */
  readonly origin: string;
  readonly writtenAtMs: number;
}

const storedSchema = z.object({
  companyUuid: z.string().min(1),
  geolocation: z.string().min(1),
  refreshToken: z.string().min(1),
  refreshExpiresAtSeconds: z.number().optional(),
  writtenAt: z.iso.datetime(),
});

export interface TokenFile {
  /**
   * Undefined without a file. A file that others may read is closed to them. Throws a TerminalError that names the
   * file when it cannot be read, is not whole, or is another company's.
   */
  read(): StoredToken | undefined;
  /**
   * Writes what is there once more: what cannot be replaced (a full disk, a file that is a mount point) must show
   * before its refresh token is spent. Throws a RetryableError that names the file.
   */
  rehearse(): void;
  /** Throws a RetryableError that names the file; the old content stands then. */
  write(stored: StoredToken): void;
}

/** The file that holds one company's refresh token. `authOrigin` is where its first token came from. */
export function openTokenFile(file: string, companyUuid: string, authOrigin: string): TokenFile {
  const away = `move it away, then ${newRequestToken('countersign concur token')}`;

  return {
    read() {
      const text = readPrivately(file);
      if (text === undefined) return undefined;
      const stored = parse(text);
      if (stored === undefined)
        throw new TerminalError(`${file} is not a whole token file; ${away}`, fileFacts);
      if (stored.companyUuid.toLowerCase() !== companyUuid.toLowerCase()) {
        throw new TerminalError(
          `${file} belongs to another company than CONCUR_COMPANY_UUID; set CONCUR_TOKEN_FILE to a file of this company's own, or ${away}`,
          fileFacts,
        );
      }
      const place = geolocationOrigin(stored.geolocation, authOrigin);
      if ('why' in place) {
        throw new TerminalError(
          `${file} holds a geolocation that is refused: ${place.why}; ${away}`,
          fileFacts,
        );
      }
      return {
        refreshToken: new Secret(stored.refreshToken),
        refreshExpiresAtSeconds: stored.refreshExpiresAtSeconds,
        origin: place.origin,
        writtenAtMs: Date.parse(stored.writtenAt),
      };
    },
    rehearse() {
      const text = readPrivately(file);
      if (text === undefined) return;
      try {
        replaceFile(file, text);
      } catch (error) {
        throw new RetryableError(
          `${file} cannot be replaced (${codeOf(error)}), so no token is asked for: its refresh token would be lost; make room, and let it be a file in a folder that is writable for this service`,
          fileFacts,
        );
      }
    },
    write(stored) {
      const content: z.infer<typeof storedSchema> = {
        companyUuid,
        geolocation: stored.origin,
        refreshToken: stored.refreshToken.reveal(),
        ...(stored.refreshExpiresAtSeconds === undefined
          ? {}
          : { refreshExpiresAtSeconds: stored.refreshExpiresAtSeconds }),
        writtenAt: new Date(stored.writtenAtMs).toISOString(),
      };
      try {
        replaceFile(file, `${JSON.stringify(content, null, 2)}\n`);
      } catch (error) {
        throw new RetryableError(
          `${file} cannot be written (${codeOf(error)}), and the new refresh token is in memory alone; make room for it before this process ends`,
          fileFacts,
        );
      }
    },
  };
}

function parse(text: string): z.infer<typeof storedSchema> | undefined {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // The SyntaxError quotes the file, so it goes no further (P9).
    return undefined;
  }
}

/** The file's text; nobody but its owner can read it afterwards. */
function readPrivately(file: string): string | undefined {
  try {
    const descriptor = openSync(file, 'r');
    try {
      if ((fstatSync(descriptor).mode & 0o077) !== 0) fchmodSync(descriptor, 0o600);
      return readFileSync(descriptor, 'utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw new TerminalError(
      `${file} cannot be read (${code}); make it readable for the user of this service`,
      fileFacts,
    );
  }
}
