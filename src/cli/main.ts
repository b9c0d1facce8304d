import { apiCommand } from './api-command.ts';
import { concurCommand } from './concur/concur-command.ts';
import { concurOptionNames } from './concur/options.ts';
import { concurUsage } from './concur/usage.ts';
import { CommandError } from './configuration.ts';
import { keptByNpm } from './kept-by-npm.ts';
import { print, printError, sentenceOf } from './print.ts';
import { scheduleCommand } from './schedule-command.ts';
import { shadowOptionNames } from './shadow/options.ts';
import { shadowCommand } from './shadow/shadow-command.ts';
import { startCommand } from './start-command.ts';
import { packageVersion } from './version.ts';
import { workerCommand } from './worker-command.ts';

const usage = `countersign <command>

  start      everything in one process, with an embedded Temporal; the sandbox too while no vendor is configured
  worker     the workers alone
  api        the HTTP API alone
  schedule   creates or updates the schedule that looks for approvals, then ends
  shadow report [--since 24h] [--late 5m] [--json] [--names]
             sets what would have been asked beside what was decided in Coupa; reads only
${concurUsage}
  --version  says which version this is

Configuration comes from the environment and .env; .env.example lists every variable.`;

interface ArgumentsCommand {
  readonly run: (args: readonly string[]) => Promise<number>;
  /** The options that these arguments could have, without their dashes. */
  readonly optionNames: (args: readonly string[]) => readonly string[];
}

/** Those that take arguments read them by themselves. */
const withArguments: Readonly<Record<string, ArgumentsCommand>> = {
  shadow: { run: shadowCommand, optionNames: shadowOptionNames },
  concur: { run: concurCommand, optionNames: concurOptionNames },
};

const commands: Readonly<Record<string, () => Promise<number>>> = {
  start: startCommand,
  worker: workerCommand,
  api: apiCommand,
  schedule: scheduleCommand,
};

/** Prints the usage: asked for, or with 2 because what was typed does not say enough. */
function showUsage(asked?: string): number {
  print(usage);
  return asked === undefined ? 2 : 0;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || args.includes('--help')) return showUsage(name);
  if (name === '--version') {
    print(packageVersion());
    return 0;
  }
  const reader = Object.hasOwn(withArguments, name) ? withArguments[name] : undefined;
  if (reader !== undefined) {
    if (rest.length === 0) return showUsage();
    const kept = keptByNpm(reader.optionNames(rest), rest, process.env);
    if (kept !== undefined) printError(`countersign: ${kept}`);
    return reader.run(rest);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined || rest.length > 0) {
    printError(
      `countersign: unknown ${command === undefined ? `command ${name}` : `option ${rest.join(' ')}`}\n\n${usage}`,
    );
    return 2;
  }
  return command();
}

async function run(): Promise<number> {
  try {
    return await main(process.argv.slice(2));
  } catch (error) {
    printError(error instanceof CommandError ? error.message : `countersign: ${sentenceOf(error)}`);
    return 1;
  }
}

// Connections to Temporal are left to the end of the process, so it has to be ended.
process.exit(await run());
