/** Runs before the tests: finds the Temporal programs by the product's own search, and installs them if it must. */
import { register } from 'tsx/esm/api';

register();
const { ensureTemporal } = await import('../src/embedded/ensure.ts');
process.exitCode = await ensureTemporal();
