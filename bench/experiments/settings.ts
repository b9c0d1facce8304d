import type { ServiceSettings } from '../experiment.ts';
import type { SandboxSettings } from '../processes/sandbox-settings.ts';

type Settings = SandboxSettings & ServiceSettings;

/** The vendors as they are and the service as `npm start` sets itself up for its sandbox. */
export const withLimits: Settings = {
  latencyMs: 80,
  coupaLimitPerSecond: 25,
  moveworksLimitPerMinute: 120,
  coupaPerSecond: 20,
  moveworksPerMinute: 120,
  pollInterval: '60s',
};

/** Vendors without limits, and the service as fast as it can: what is measured is our own speed. */
export const withoutLimits: Settings = {
  latencyMs: 80,
  coupaLimitPerSecond: 0,
  moveworksLimitPerMinute: 0,
  coupaPerSecond: 1_000,
  moveworksPerMinute: 60_000,
  // Nothing polls but what the experiment asks for.
  pollInterval: '1d',
};
