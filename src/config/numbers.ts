import { parseDuration } from './duration.ts';
import { type Kind, kind } from './kind.ts';

const yes = new Set(['on', 'true', '1', 'yes']);
const no = new Set(['off', 'false', '0', 'no']);

function readBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

/** Whether a text switches something off: `none`, or any word that a switch reads as off. */
export function meansOff(text: string): boolean {
  const word = text.trim().toLowerCase();
  return word === 'none' || no.has(word);
}

function readWhole(text: string, min: number, max: number): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** A switch, in any of the words people use. */
export const toggle = kind('on or off', readBoolean);

/** A TCP port; 0 lets the system choose one. */
export const port = kind('a port number from 0 to 65535', (text) => readWhole(text, 0, 65_535));

/** Requests per second; halves are useful below one. */
export const perSecond = kind(
  'a number of requests per second, above 0 and up to 1000, such as 5',
  (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    return value > 0 && value <= 1_000 ? value : undefined;
  },
);

/** Requests per minute. */
export const perMinute = kind('a whole number of requests per minute, from 1 to 60000, such as 60', (text) =>
  readWhole(text, 1, 60_000),
);

/** How many proxies stand in front; `on` means one. */
export const proxies = kind(
  'off, on, or the number of proxies in front of this service (1 to 10)',
  (text) => {
    const whole = readWhole(text, 0, 10);
    if (whole !== undefined) return whole;
    const flag = readBoolean(text);
    return flag === undefined ? undefined : Number(flag);
  },
);

/** How many people. */
export const people = kind('a whole number of people, from 1 to 100, such as 10', (text) =>
  readWhole(text, 1, 100),
);

function duration(minMs: number, maxMs: number, range: string): Kind<number> {
  return kind(`a duration such as 90s, 5m, 24h or 3d, ${range}`, (text) => {
    const durationMs = parseDuration(text);
    return durationMs !== undefined && durationMs >= minMs && durationMs <= maxMs ? durationMs : undefined;
  });
}

const dayMs = 86_400_000;

/** How often something is looked at, in milliseconds. */
export const interval = duration(1_000, dayMs, 'from 1s to 1d');

/** How old something may be, in milliseconds. */
export const age = duration(1_000, 3_650 * dayMs, 'from 1s to 3650d');
