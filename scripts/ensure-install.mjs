/**
 * Runs before every public script: installs the dependencies when they are missing or no longer those of the
 * lock file. Node built-ins alone, because a fresh clone has nothing else.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = `${root}node_modules/.countersign-stamp`;

function isOlder(version, least) {
  const have = version.split('.').map(Number);
  const need = least.split('.').map(Number);
  const at = [0, 1, 2].find((part) => (have[part] ?? 0) !== (need[part] ?? 0));
  return at !== undefined && (have[at] ?? 0) < (need[at] ?? 0);
}

function fail(sentence, code = 1) {
  console.error(sentence);
  process.exit(code);
}

const leastNode = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).engines.node.replace(/^>=/, '');
if (isOlder(process.versions.node, leastNode)) {
  fail(`Countersign needs Node ${leastNode} or newer, and this is Node ${process.versions.node}.`);
}

const stamp = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .update(process.version)
  .digest('hex');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  const npm = process.env.npm_execpath;
  const install = ['ci', '--no-audit', '--no-fund'];
  // npm names its own script; another package manager's would read `ci` differently.
  const [command, args] =
    npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)
      ? [process.execPath, [npm, ...install]]
      : ['npm', install];
  console.error('Installing the dependencies (npm ci) ...');
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) fail(`npm could not be started (${error.message}): install npm, or run it from there.`);
  if (status !== 0) fail('The dependencies could not be installed: npm says above why.', status ?? 1);
  writeFileSync(stampFile, stamp);
}
