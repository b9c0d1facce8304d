/**
 * `npm run build [-- --out <folder>]`: what runs without the sources and without a compiler, in `dist/` or another
 * folder. Nothing of an earlier build survives, and a build that fails leaves nothing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = resolve(values.out ?? join(root, 'dist'));

async function compile() {
  const tsc = require.resolve('typescript/bin/tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', out];
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error('The sources do not compile: tsc says above why.');
}

/** The files that the sandbox's pages serve; the compiler passes over them. */
function copyAssets() {
  for (const file of readdirSync(join(root, 'sandbox'), { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !file.parentPath.endsWith('/assets')) continue;
    const from = join(file.parentPath, file.name);
    const to = join(out, relative(root, from));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}

const inlineMap = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

/** A source map that names each module by its place in the package: where that lay here is nobody's business. */
function portable(encodedMap, workflowsPath) {
  const map = JSON.parse(Buffer.from(encodedMap, 'base64').toString('utf8'));
  map.sources = map.sources.map((source) => source.replace(root, ''));
  map.sourcesContent = map.sourcesContent.map((content) =>
    content?.replaceAll(JSON.stringify(workflowsPath), JSON.stringify(relative(root, workflowsPath))),
  );
  return Buffer.from(JSON.stringify(map)).toString('base64');
}

/**
 * Bundles the workflows by the function that does so when there is no bundle. The file is named after the version of
 * Temporal's SDK, because no other can run it. Its source map stays inside it, where the SDK looks for it.
 */
async function bundle() {
  const { bundleWorkflows } = await tsImport('../src/worker/bundle.ts', import.meta.url);
  const { createLogger } = await tsImport('../src/logging/logger.ts', import.meta.url);
  const { code } = await bundleWorkflows(createLogger({ level: 'warn', pretty: false }));
  const [script, map, ...more] = code.split(inlineMap);
  if (map === undefined || more.length > 0) throw new Error('The bundle does not end with one source map.');
  const { version } = require('@temporalio/worker/package.json');
  mkdirSync(out, { recursive: true });
  writeFileSync(
    join(out, `workflows-${version}.js`),
    script + inlineMap + portable(map, join(root, 'src', 'workflows')),
  );
}

// Modules of the bundle are named after their place below this folder.
process.chdir(root);
const clean = () => rmSync(out, { recursive: true, force: true });
const mayClean = values.out === undefined || !existsSync(out) || existsSync(join(out, 'src/cli/main.js'));
if (!mayClean) {
  console.error(`${out} is no earlier build: name a folder that is not there yet.`);
  process.exit(1);
}
clean();
try {
  const results = await Promise.allSettled([compile(), bundle()]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  copyAssets();
} catch (error) {
  clean();
  console.error(error.message);
  process.exitCode = 1;
}
