/**
 * Checks package-lock.json for two faults that only another machine would notice: an address of somebody's
 * registry, and a platform package that npm dropped silently, after which `npm ci` fails elsewhere.
 */
import { readFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const packages = Object.entries(lock.packages);
const at = (place) => (place === '' ? 'the project itself' : place);

/** npm looks for a package beside its dependant's own packages, then one level up, and so on. */
function isLocked(dependant, name) {
  for (let place = dependant; ; place = place.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (lock.packages[`${place}${place === '' ? '' : '/'}node_modules/${name}`] !== undefined) return true;
    if (place === '') return false;
  }
}

const addresses = packages
  .filter(([, entry]) => entry.resolved !== undefined)
  .map(([place]) => `${at(place)} has a "resolved" address`);

const dropped = packages.flatMap(([dependant, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isLocked(dependant, name))
    .map((name) => `${name}, an optional dependency of ${at(dependant)}, has no entry`),
);

const problems = [...addresses, ...dropped];
for (const problem of problems) console.error(`package-lock.json: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
