import { startConcurSandbox } from './concur/start.ts';
import { startCoupaSandbox } from './coupa/start.ts';
import { readEnvironment } from './environment.ts';
import type { Sandbox } from './listen.ts';
import { startMoveworksSandbox } from './moveworks/start.ts';
import type { PageLinks } from './pages/links.ts';

/** Process entry: all simulators from the environment, one line of JSON on stdout when they are ready. */
async function main(): Promise<void> {
  const options = readEnvironment(process.env);
  // Filled once all listen: a port may be any free one, and each page leads to the others.
  const links: PageLinks = {};
  const started: Sandbox[] = [];
  const closeAll = () => Promise.all(started.map((sandbox) => sandbox.close()));
  const starting = async (sandbox: Promise<Sandbox>): Promise<string> => {
    started.push(await sandbox);
    return (await sandbox).url;
  };
  try {
    const coupa = await starting(startCoupaSandbox({ ...options.coupa, links }));
    const moveworks = await starting(startMoveworksSandbox({ ...options.moveworks, links }));
    const concur = await starting(startConcurSandbox({ ...options.concur, links }));
    Object.assign(links, { coupa, chat: moveworks, concur }, options.links);

    const stop = () => {
      void closeAll().then(() => process.exit(0));
    };
    // Ctrl-C may arrive twice, from the terminal and from npm; closing twice does no harm.
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    process.stdout.write(`${JSON.stringify({ ready: true, coupa, moveworks, concur })}\n`);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
