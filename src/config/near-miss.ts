import { editDistance } from './edit-distance.ts';
import type { Environment } from './gather.ts';
import { variableEntries, type VariableName, variableNames } from './variables.ts';

const ourPrefixes = /^(COUPA|MOVEWORKS|CONCUR|COUNTERSIGN|REFERENCE|REMIND)_/i;
const aliases = new Set(variableEntries.map(([, { alias }]) => alias));

/** npm gives every script the path of its Node in this variable, a letter from MODE. */
const npmNode = 'NODE';

/**
 * What the guides have people export for the commands in them: none of ours, though it looks like it. Whoever means
 * API_KEYS by the first is told that API_KEYS is missing, since real vendors need it.
 */
const guidesOwn = ['API_KEY', 'API_KEY_NAME', 'COUPA_TOKEN'];

/** Kubernetes describes a Service `countersign` to every pod beside it in variables of this form. */
const serviceLink = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$/;
const serviceAddress = /^(tcp|udp|sctp):\/\//;

/** Two slips in a long name are a slip; two letters of HOST or PORT make another word (HOME, POST). */
function withinReach(distance: number, name: string): boolean {
  return distance <= (name.length <= 5 ? 1 : 2);
}

/** The nearest of our names, or undefined when the name is not like any of them. */
function nearest(unknown: string): VariableName | undefined {
  const prefixed = ourPrefixes.test(unknown);
  const [best] = variableNames
    .filter((name) => prefixed || Math.abs(name.length - unknown.length) <= 2)
    .map((name) => ({ name, distance: editDistance(unknown.toUpperCase(), name) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && (prefixed || withinReach(best.distance, best.name)) ? best.name : undefined;
}

function isServiceLink(name: string, value: string | undefined): boolean {
  if (!serviceLink.test(name)) return false;
  return (
    !name.endsWith('_PORT') ||
    /_SERVICE_PORT$|_(TCP|UDP|SCTP)_PORT$/.test(name) ||
    serviceAddress.test(value ?? '')
  );
}

/** One sentence for each name that is none of ours but looks like one. Names only, never a value (P9). */
export function nearMisses(env: Environment): string[] {
  const known = new Set<string | undefined>([...variableNames, ...aliases, ...guidesOwn, npmNode]);
  return Object.entries(env).flatMap(([name, value]) => {
    // The longest of ours has 38 letters: anything far longer is no slip, and not worth the comparison.
    if (known.has(name) || (value ?? '') === '' || !/^[\w.-]{1,60}$/.test(name) || isServiceLink(name, value))
      return [];
    const near = nearest(name);
    return near === undefined
      ? []
      : [`${name} is not known and has no effect; the nearest known name is ${near}`];
  });
}
