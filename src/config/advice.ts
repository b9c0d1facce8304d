import type { Config } from './config.ts';
import { type VariableName, variableNames } from './variables.ts';

/** Coupa serves 25 requests a second, Moveworks 120 a minute, to everything a customer runs against them. */
const coupaLimitPerSecond = 25;
const moveworksLimitPerMinute = 120;

const tuning: readonly VariableName[] = [
  'COUPA_SCOPES',
  'COUPA_TOKEN_PATH',
  'COUPA_REQUESTS_PER_SECOND',
  'MOVEWORKS_BASE_URL',
  'MOVEWORKS_REQUESTS_PER_MINUTE',
  'MOVEWORKS_SLOTS',
];

const concurNames = variableNames.filter((name) => name.startsWith('CONCUR_'));

/** Sentences about a configuration that works, but perhaps not as it was meant. No values of secrets (P9). */
export function adviceOn(config: Config, given: ReadonlySet<VariableName>): string[] {
  const { coupa, moveworks } = config;
  const advice: string[] = [];
  if (config.mode === 'sandbox') {
    const idle = [...tuning, ...concurNames].filter((name) => given.has(name));
    advice.push(...idle.map((name) => `${name} has no effect in the sandbox`));
  }
  if (config.policy.remindAfterMs.length === 0) {
    const idle = (['REMIND_EVERY', 'QUIET_HOURS'] as const).filter((name) => given.has(name));
    advice.push(...idle.map((name) => `${name} has no effect while REMIND_AFTER is off`));
  }
  if (!config.temporal.external) {
    const idle = variableNames.filter((name) => /^TEMPORAL_(API_KEY|TLS)/.test(name) && given.has(name));
    advice.push(
      ...idle.map(
        (name) => `${name} has no effect without TEMPORAL_ADDRESS, TEMPORAL_PROFILE or TEMPORAL_CONFIG_FILE`,
      ),
    );
  }
  if (coupa !== undefined && coupa.requestsPerSecond > coupaLimitPerSecond) {
    advice.push(`COUPA_REQUESTS_PER_SECOND is above the ${coupaLimitPerSecond} that Coupa allows`);
  }
  if (moveworks !== undefined && moveworks.requestsPerMinute > moveworksLimitPerMinute) {
    advice.push(
      `MOVEWORKS_REQUESTS_PER_MINUTE is above the ${moveworksLimitPerMinute} that Moveworks allows`,
    );
  }
  if (config.mode === 'real' && config.concur === undefined) {
    const idle = concurNames.filter((name) => given.has(name));
    advice.push(...idle.map((name) => `${name} has no effect without CONCUR_CLIENT_ID`));
  }
  const handsOff = config.concur?.handOff !== undefined;
  if (config.concur !== undefined && !handsOff && given.has('CONCUR_MAPPING_FILE')) {
    advice.push('CONCUR_MAPPING_FILE has no effect without CONCUR_HANDOFF_WHEN');
  }
  const silent = moveworks !== undefined && moveworks.noticeEventId === undefined;
  if (silent && given.has('NOTIFY_REQUESTER')) {
    advice.push('NOTIFY_REQUESTER has no effect without MOVEWORKS_NOTICE_EVENT_ID');
  }
  if (moveworks !== undefined && moveworks.noticeEventId === moveworks.eventId) {
    advice.push(
      'MOVEWORKS_NOTICE_EVENT_ID is the event of the cards, so messages that ask nothing would have buttons; use an event without follow-up actions',
    );
  }
  return advice;
}
