import { startCoupaSandbox } from './coupa/start.ts';
import { readEnvironment } from './environment.ts';
import { startMoveworksSandbox } from './moveworks/start.ts';

/** Process entry: both simulators from the environment, one line of JSON on stdout when they are ready. */
async function main(): Promise<void> {
  const options = readEnvironment(process.env);
  const coupa = await startCoupaSandbox(options.coupa);
  const moveworks = await startMoveworksSandbox(options.moveworks).catch(async (error: unknown) => {
    await coupa.close();
    throw error;
  });

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
