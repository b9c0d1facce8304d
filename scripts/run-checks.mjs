/** `npm test`: every static check and every suite, to the end, so that all problems are seen at once. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coverageTable } from './coverage-table.mjs';
import { descendants } from './descendants.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = (name) => join(root, 'node_modules', '.bin', name);

const staticChecks = [
  ['prettier', program('prettier'), ['--check', '.']],
  ['eslint', program('eslint'), ['.']],
  ['tsc', program('tsc'), ['--noEmit']],
  ['knip', program('knip'), []],
  ['package-lock.json', process.execPath, ['scripts/check-lock.mjs']],
];

let running;
let interruptedBy;
let below = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interruptedBy = signal;
    if (running === undefined) return;
    // Noted while their parents live: suites start processes in groups of their own, which no signal to vitest reaches.
    below = [...below, ...descendants(running.pid)];
    running.kill(signal);
  });
}

/** Ends what an interrupted check has left behind. */
function endRest() {
  for (const pid of new Set(below)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Resolves with the exit code; an interrupted run starts nothing more. */
function run(command, args) {
  return new Promise((resolve) => {
    // In a group of its own: a terminal's Ctrl-C comes here alone, before what runs below has lost its parents.
    running = spawn(command, args, { cwd: root, stdio: 'inherit', detached: true });
    running.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    running.on('exit', (code) => resolve(code ?? 1));
  }).then((code) => {
    if (interruptedBy) {
      endRest();
      process.exit(128 + constants.signals[interruptedBy]);
    }
    return code;
  });
}

let passed = 0;
const failures = [];
const fail = (what, count = 1) => failures.push(...Array.from({ length: count }, () => what));

for (const [name, command, args] of staticChecks) {
  console.log(`\n== ${name}`);
  if ((await run(command, args)) === 0) passed += 1;
  else fail(name);
}

const folder = mkdtempSync(join(tmpdir(), 'countersign-checks-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** One project of vitest; what failed is counted by its tests. */
async function test(project, ...options) {
  console.log(`\n== vitest: ${project}`);
  const resultFile = join(folder, `${project}.json`);
  const code = await run(program('vitest'), [
    ...['run', '--project', project, ...options],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`],
  ]);
  if (!existsSync(resultFile)) {
    fail(`${project}: vitest ended without results`);
    return;
  }
  const results = JSON.parse(readFileSync(resultFile, 'utf8'));
  const unloaded = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  // A skipped suite is a defect, not a result: nothing says that what it guards still holds.
  const skipped = results.numPendingTests + results.numTodoTests;
  const executed = results.numPassedTests + results.numFailedTests;
  passed += results.numPassedTests;
  for (const { name, assertionResults } of results.testResults) {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName } of failed) fail(`${relative(root, name)}: ${fullName}`);
  }
  fail(`${project}: a skipped test`, skipped);
  for (const { name } of unloaded) fail(`${relative(root, name)} did not run to its end`);
  if (executed === 0) fail(`${project}: vitest executed no test`);
  // An error outside any test, or a share of covered lines below the one required, ends vitest with a code alone.
  if (code !== 0 && results.numFailedTests + unloaded.length === 0) {
    fail(`${project}: vitest ended with code ${code}: an error outside any test, or too few lines run`);
  }
}

const coverage = join(folder, 'coverage');
await test(
  'unit',
  ...['--coverage', '--coverage.reporter=json-summary', `--coverage.reportsDirectory=${coverage}`],
);
const summaryFile = join(coverage, 'coverage-summary.json');
if (existsSync(summaryFile))
  console.log(`\n== lines run by the unit tests\n${coverageTable(summaryFile, root)}`);
await test('suites');

const reasons = [...new Set(failures)];
if (reasons.length > 0) console.log(['\nFailed:', ...reasons].join('\n  '));
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
