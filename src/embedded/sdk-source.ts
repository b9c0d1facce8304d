import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from './executable.ts';
import { runCommand } from './run-command.ts';
import { scriptFile } from './script-file.ts';
import type { TemporalTool, ToolSearch } from './tool.ts';
import { installInto, installedTool } from './tools-folder.ts';

const downloadHost = 'https://temporal.download/';
const reachableWithinMs = 3_000;
const downloadWithinMs = 120_000;

/**
 * Lets Temporal's SDK download the program, and moves it to our tools, where the next search finds it. The SDK does
 * not tell the path and starts a server with the program, so a process of its own does that and stops it again: the
 * SDK's runtime, once in this process, would take over its signals.
 */
export async function downloadThroughSdk(
  tool: TemporalTool,
  search: ToolSearch,
): Promise<string | undefined> {
  const { home, env, log } = search;
  if (!(await canReachDownload(env))) {
    log(`${tool.title}: ${new URL(downloadHost).host} cannot be reached from here.`);
    return undefined;
  }
  log(`${tool.title}: downloading it through Temporal's SDK ...`);
  await installInto(home, async (staging) => {
    const { code } = await runCommand(
      process.execPath,
      [scriptFile('sdk-download.mjs'), tool.program, staging],
      { env, timeoutMs: downloadWithinMs },
    );
    if (code !== 0) {
      log(`${tool.title}: Temporal's SDK could not download it.`);
      return [];
    }
    return readdirSync(staging).map((name) => ({ program: tool.program, file: join(staging, name) }));
  });
  const path = installedTool(home, tool.program);
  return isExecutable(path) ? path : undefined;
}

/** A firewall that drops packets would hold the SDK for minutes. Through a proxy only the SDK itself can tell. */
async function canReachDownload(env: NodeJS.ProcessEnv): Promise<boolean> {
  const proxied = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].some(
    (name) => (env[name] ?? '') !== '',
  );
  if (proxied) return true;
  try {
    await fetch(downloadHost, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(reachableWithinMs),
    });
    return true;
  } catch {
    return false;
  }
}
