import { startCoupaSandbox } from './coupa/start.ts';
import { readEnvironment } from './environment.ts';
import { startMoveworksSandbox } from './moveworks/start.ts';
import type { PageLinks } from './pages/links.ts';

/** Process entry: both simulators from the environment, one line of JSON on stdout when they are ready. */
async function main(): Promise<void> {
  const options = readEnvironment(process.env);
  // Filled once both listen: a port may be any free one, and each page leads to the other.
  const links: PageLinks = {};
  const coupa = await startCoupaSandbox({ ...options.coupa, links });
  const moveworks = await startMoveworksSandbox({ ...options.moveworks, links }).catch(
    async (error: unknown) => {
      await coupa.close();
      throw error;
    },
  );
  Object.assign(links, { coupa: coupa.url, chat: moveworks.url }, options.links);

  const stop = () => {
    void Promise.all([coupa.close(), moveworks.close()]).then(() => process.exit(0));
  };
  // Ctrl-C may arrive twice, from the terminal and from npm; closing twice does no harm.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const ready = { ready: true, coupa: coupa.url, moveworks: moveworks.url };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
