import { startCoupaSandbox, startMoveworksSandbox } from '../../sandbox/index.ts';
import { decisionEvent, noticeEvent } from '../../sandbox/moveworks/events.ts';
import { sandboxSettings, vendorKeys, type SandboxSettings } from './sandbox-settings.ts';
import { serveParent } from './serve-parent.ts';

/** A Coupa tenant and a Moveworks organisation that nobody else uses. */
async function startPair({ latencyMs, coupaLimitPerSecond, moveworksLimitPerMinute }: SandboxSettings) {
  const coupa = await startCoupaSandbox({
    clientId: vendorKeys.coupaClientId,
    clientSecret: vendorKeys.coupaClientSecret,
    requestsPerSecond: coupaLimitPerSecond,
    latencyMs,
  });
  const moveworks = await startMoveworksSandbox({
    apiKey: vendorKeys.moveworksApiKey,
    requestsPerMinute: moveworksLimitPerMinute,
    events: [decisionEvent(vendorKeys.eventId, 'guide'), noticeEvent(vendorKeys.noticeEventId)],
  });
  const settings = { method: 'PUT', body: JSON.stringify({ latencyMs }) };
  await fetch(`${moveworks.url}/sandbox/settings`, settings);
  return { coupa: coupa.url, moveworks: moveworks.url };
}

if (process.send !== undefined) {
  const settings = sandboxSettings.parse(JSON.parse(process.argv[2] ?? ''));
  serveParent({ ours: await startPair(settings), beside: await startPair(settings) });
}
