import { noticesOnly } from '../activities/messages/notices-only.ts';
import { silentMoveworks, type Unsent } from '../activities/messages/shadow.ts';
import { creatingOff, decisionsOff } from '../config/mode-words.ts';
import type { ConcurClient } from '../connectors/concur/types.ts';
import type { MoveworksClient } from '../connectors/moveworks/client.ts';
import { readOnlyConcur } from './read-only-concur.ts';
import { readOnlyCoupa } from './read-only-coupa.ts';
import type { ConnectedConfig, Vendors } from './vendors.ts';

function moveworksInMode(
  moveworks: MoveworksClient,
  config: ConnectedConfig,
  note?: (unsent: Unsent) => void,
): MoveworksClient {
  const { mode } = config.policy;
  if (mode === 'shadow') return silentMoveworks(moveworks, note);
  if (mode === 'decide') return moveworks;
  const { noticeEventId } = config.moveworks;
  if (noticeEventId === undefined) throw new Error('MODE=notify needs MOVEWORKS_NOTICE_EVENT_ID.');
  return noticesOnly(moveworks, { noticeEventId, coupaBaseUrl: config.coupa.baseUrl });
}

function concurInMode(concur: ConcurClient, { policy }: ConnectedConfig): ConcurClient {
  const words = creatingOff(policy.mode);
  return words === undefined ? concur : readOnlyConcur(concur, words);
}

/**
 * The vendors as far as the mode lets them be used, whatever asks for them: in `shadow` nothing is sent and nothing
 * written, in `notify` nothing is written and what is sent asks nothing. Applying it twice changes nothing. `note`
 * hears of each message that is not sent.
 */
export function inMode(
  { coupa, moveworks, concur, ...others }: Vendors,
  config: ConnectedConfig,
  note?: (unsent: Unsent) => void,
): Vendors {
  const words = decisionsOff(config.policy.mode);
  return {
    ...others,
    coupa: words === undefined ? coupa : readOnlyCoupa(coupa, words),
    moveworks: moveworksInMode(moveworks, config, note),
    ...(concur === undefined ? {} : { concur: concurInMode(concur, config) }),
  };
}
