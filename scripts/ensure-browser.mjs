/** Runs before the tests: finds the browser of the page tests as they do, and installs one if it must. */
import { register } from 'tsx/esm/api';

register();
const { ensureBrowser } = await import('../test/support/browser-program.ts');
process.exitCode = await ensureBrowser();
