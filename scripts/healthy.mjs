/**
 * `node scripts/healthy.mjs api|worker`: ends with 0 when that part of this container or machine is well, else with 1
 * and a sentence. Node alone, so that an image needs no other program for its health check.
 */
import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The file is renewed every 10 s. */
const freshForMs = 45_000;
const answerWithinMs = 5_000;

/** Decisions can be taken: the process runs and reaches Temporal. */
async function api() {
  const url = `http://127.0.0.1:${process.env.PORT || 3000}/readyz`;
  const { status } = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) });
  return status === 200 ? undefined : `${url} answers ${status}.`;
}

/** Temporal sees a worker of this machine ask for work on every task queue; the worker notes it in a file. */
function worker() {
  const ages = readdirSync(tmpdir())
    .filter((name) => /^countersign-worker-\d+\.polls$/.test(name))
    .map((name) => Date.now() - statSync(join(tmpdir(), name)).mtimeMs);
  return ages.some((age) => age < freshForMs) ? undefined : 'No worker was seen to ask for work lately.';
}

const checks = { api, worker };
const [part = 'api'] = process.argv.slice(2);
if (!Object.hasOwn(checks, part)) {
  console.error('usage: node scripts/healthy.mjs api|worker');
  process.exit(2);
}
try {
  const problem = await checks[part]();
  if (problem !== undefined) throw new Error(problem);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
