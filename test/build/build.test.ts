import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import { copyRepository } from '../support/process-copy.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { assets, build, filesIn, root } from './package.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const run = promisify(execFile);
const sourceMap = z.looseObject({
  sources: z.array(z.string()),
  sourcesContent: z.array(z.string().nullable()),
});

let folder: TestFolder;
let out: string;
beforeAll(async () => {
  folder = testFolder();
  out = join(folder.path, 'out');
  // An earlier build, from when there was another module.
  mkdirSync(join(out, 'src', 'cli'), { recursive: true });
  for (const file of ['main.js', 'gone.js']) writeFileSync(join(out, 'src', 'cli', file), '');
  await build(out);
});
afterAll(() => {
  folder.remove();
});

/** A bundle's code, and what its source map says. */
function bundle(path: string) {
  const [code = '', map = ''] = readFileSync(path, 'utf8').split(/^\/\/# sourceMappingURL=.*base64,/m);
  return { code, map: Buffer.from(map, 'base64').toString('utf8') };
}

function builtBundle() {
  const name = filesIn(out).find((file) => file.startsWith('workflows-'));
  return bundle(join(out, String(name)));
}

describe('a build', () => {
  it('holds the command, the sandbox with what its pages serve, and the bundled workflows', () => {
    const files = filesIn(out);
    expect(files).toEqual(expect.arrayContaining(['src/cli/main.js', 'sandbox/main.js', ...assets()]));
    expect(assets()).toContain('sandbox/pages/assets/base.css');
    expect(files.filter((file) => !/^(src|sandbox)\//.test(file))).toEqual([
      expect.stringMatching(/^workflows-\d+\.\d+\.\d+\.js$/),
    ]);
  });

  it('holds no test, no helper or sample of one, and no source', () => {
    const strays = filesIn(out).filter((file) => /\.test\.|\/test-|fixtures|golden|\.tsx?$/.test(file));
    expect(strays).toEqual([]);
  });

  it('names no place of the machine that made it, in its source map neither', () => {
    const { map } = builtBundle();
    const texts = [...filesIn(out).map((file) => readFileSync(join(out, file), 'utf8')), map];
    const places = ['src', 'sandbox', 'node_modules', 'scripts'].map((name) => join(root, name));
    for (const place of [...places, out]) expect(texts.filter((text) => text.includes(place))).toEqual([]);
  });

  it('bundles the workflows as the sources do, with their text in the source map', () => {
    const built = builtBundle();
    expect(built.code).toBe(bundle(inject('workflowBundlePath')).code);
    const { sources, sourcesContent } = sourceMap.parse(JSON.parse(built.map));
    const path = 'src/workflows/approval/approval.ts';
    expect(sourcesContent[sources.indexOf(path)]).toBe(readFileSync(join(root, path), 'utf8'));
  });

  it('leaves nothing of an earlier one', () => {
    expect(filesIn(join(out, 'src', 'cli'))).not.toContain('gone.js');
    expect(readFileSync(join(out, 'src', 'cli', 'main.js'), 'utf8')).toContain('countersign');
  });

  it('refuses to empty a folder that is no build', async () => {
    const other = join(folder.path, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'letter.txt'), 'keep');
    await expect(build(other)).rejects.toThrow(`${other} is no earlier build`);
    expect(filesIn(other)).toEqual(['letter.txt']);
  });
});

describe('a checkout without a build', () => {
  it('answers the command from its sources', async () => {
    const checkout = join(folder.path, 'checkout');
    copyRepository(checkout);
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    const command = join(checkout, 'scripts', 'countersign.mjs');
    // From another folder: what the sources need is found beside them.
    const { stdout } = await run(process.execPath, [command, '--help'], { cwd: folder.path });
    expect(stdout).toContain('countersign <command>');
  });
});
