import { statSync } from 'node:fs';
import type { TokenState } from '../../connectors/concur/token/company-tokens.ts';
import { facts } from './table.ts';

const dayMs = 86_400_000;

function endOf({ refreshExpiresAtMs }: TokenState, now: number): string {
  if (refreshExpiresAtMs === undefined) return 'SAP Concur did not say when it ends';
  const days = Math.floor(Math.abs(refreshExpiresAtMs - now) / dayMs);
  const count = days === 1 ? '1 day' : `${days} days`;
  const day = new Date(refreshExpiresAtMs).toISOString().slice(0, 10);
  return refreshExpiresAtMs > now
    ? `ends in ${count} (${day}) unless it is renewed`
    : `ended ${count} ago (${day})`;
}

/** The permissions of a file, as `0600`; undefined where it is not there. */
function modeOf(file: string): string | undefined {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  return mode === undefined ? undefined : `0${(mode & 0o777).toString(8)}`;
}

/** What is told of a company's token; `now` in milliseconds since the epoch. */
export function tokenText(state: TokenState, tokenFile: string, now: number): string {
  const mode = modeOf(tokenFile);
  return [
    "The company's token for SAP Concur",
    ...facts([
      ['Company', state.companyUuid],
      ['Geolocation', state.geolocation],
      ['Refresh token', endOf(state, now)],
      ['Stored', new Date(state.writtenAtMs).toISOString()],
      ['File', mode === undefined ? tokenFile : `${tokenFile} (mode ${mode})`],
    ]),
  ].join('\n');
}
