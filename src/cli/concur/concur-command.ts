import { readEnvironment } from '../../config/env-file.ts';
import { CommandError } from '../configuration.ts';
import { printError, sentenceOf } from '../print.ts';
import { exitCodes } from './exit-codes.ts';
import { processInterrupts } from './interrupts.ts';
import { readConcurArguments } from './options.ts';
import { plain } from './plain.ts';
import { runConcur } from './run.ts';
import { Interrupted } from './talk.ts';
import { terminalTalk } from './terminal.ts';

/**
 * Whoever reads what is printed may go, as `| head` does, or the terminal may be closed: that must not end a create
 * half way, nor change the exit code.
 */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** `countersign concur`: sets SAP Concur up and tries it out, by hand. */
export async function concurCommand(args: readonly string[]): Promise<number> {
  const options = readConcurArguments(args);
  if (typeof options === 'string') {
    printError(`countersign: ${options}`);
    return exitCodes.usage;
  }
  outliveReaders();
  const interrupts = processInterrupts();
  const { stdin: input, stdout: output, stderr: errors } = process;
  const talk = terminalTalk({ input, output, errors }, interrupts.signal);
  try {
    const env = readEnvironment({ cwd: process.cwd(), env: process.env });
    return await runConcur(options, { env, input, talk, interrupts });
  } catch (error) {
    if (interrupts.signal.aborted || error instanceof Interrupted) return exitCodes.interrupted;
    talk.say(error instanceof CommandError ? error.message : `countersign: ${plain(sentenceOf(error))}`);
    return exitCodes.failed;
  } finally {
    talk.progress('');
    await interrupts.settle(() => {
      talk.say('Waiting until the new token is stored ...');
    });
    interrupts.release();
  }
}
