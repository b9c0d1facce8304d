import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { TestFolder } from '../support/process-folder.ts';
import { launch } from '../support/process-launch.ts';
import { containedApt } from './contained-apt.ts';
import { createIgnore, environmentOf, type Instruction, type Stage } from './dockerfile.ts';

const run = promisify(execFile);

/** A stage as a folder: what it has at `/app`, `/data` and so on is below it. */
export interface BuiltStage {
  readonly folder: string;
  /** Its `RUN` lines as they were run here, in their order. */
  readonly ran: readonly string[];
}

/**
 * What in a `RUN` line would touch this machine outside the stage's folder, and what stands for it here. Whatever
 * else begins with a slash is refused.
 */
function contained(line: string, folder: string): string {
  const here = line
    .replaceAll('/var/lib/apt/lists', join(folder, 'apt', 'lists'))
    .replaceAll(/(?<=\s)\/data\b/g, join(folder, 'data'))
    // The image's own account; here whoever runs the test.
    .replaceAll(
      /--(owner|group)=node/g,
      (_, kind: string) => `--${kind}="$(id -${kind === 'owner' ? 'u' : 'g'})"`,
    );
  const outside = here.replaceAll(folder, 'stage').match(/(?<=[\s"'=])\/\w\S*/g);
  if (outside !== null) throw new Error(`RUN ${line} touches ${outside.join(', ')}`);
  return here;
}

/** Everything that a stage needs to be built: the folder with the sources, and the stages it copies from. */
interface Context {
  readonly folder: TestFolder;
  readonly sources: string;
  readonly stages: ReadonlyMap<string, Promise<BuiltStage>>;
  readonly env: Record<string, string>;
}

/** Whether a folder that no pattern keeps may still hold files that one does. */
function mayHold(path: string, ignored: (file: string) => boolean, sources: string): boolean {
  return ['x', 'x/x'].some((inside) => !ignored(relative(sources, join(path, inside))));
}

/** A folder's content is copied, a single file into the folder that ends with a slash. */
function targetOf(word: string, to: string): string {
  return to.endsWith('/') && !word.endsWith('.') && basename(word).includes('.') ? basename(word) : '';
}

async function copy({ text }: Instruction, workdir: string, { sources, stages }: Context): Promise<void> {
  const [, from] = /^--from=(\S+)/.exec(text) ?? [];
  const words = text.split(/\s+/).filter((word) => !word.startsWith('--'));
  const to = words.pop() ?? '';
  const stage = from === undefined ? undefined : await stages.get(from);
  if (from !== undefined && stage === undefined) throw new Error(`COPY from an unknown stage ${from}`);
  const ignored = createIgnore(readFileSync(join(sources, '.dockerignore'), 'utf8'));
  for (const word of words) {
    const source = join(stage?.folder ?? sources, word);
    if (!existsSync(source)) throw new Error(`COPY ${word}: there is no such file`);
    const target = join(workdir, to, targetOf(word, to));
    if (stage !== undefined) {
      // By hard links: nothing writes into either stage again, and 200 MB take their time.
      await run('cp', ['-RPl', source, target]);
      continue;
    }
    cpSync(source, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => {
        const file = relative(sources, path);
        return file === '' || !ignored(file) || mayHold(path, ignored, sources);
      },
    });
  }
}

/**
 * Does in a folder what a stage does in a container: `WORKDIR`, `COPY` and `RUN`, in their order, by `sh`. Stages are
 * built side by side, as Docker does: a copy waits for the stage that it copies from.
 */
export async function buildStage(stage: Stage, folder: string, context: Context): Promise<BuiltStage> {
  mkdirSync(folder, { recursive: true });
  const env = { ...context.env, ...environmentOf(stage), APT_CONFIG: containedApt(join(folder, 'apt')) };
  const ran: string[] = [];
  let workdir = folder;
  for (const instruction of stage.instructions) {
    if (instruction.name === 'WORKDIR') {
      workdir = join(folder, instruction.text);
      mkdirSync(workdir, { recursive: true });
    }
    if (instruction.name === 'COPY') await copy(instruction, workdir, context);
    if (instruction.name === 'RUN') {
      const line = contained(instruction.text, folder);
      // In a process group that the folder remembers: what a stopped test leaves running is ended with it.
      const shell = launch(context.folder, '/bin/sh', ['-c', line], { cwd: workdir, env });
      const { code } = await shell.ended;
      if (code !== 0) throw new Error(`RUN ${line}: ${String(code)}\n${shell.stdout()}\n${shell.stderr()}`);
      ran.push(line);
    }
  }
  return { folder, ran };
}
