/**
 * `sdk-download <program> <folder>`: lets Temporal's SDK download a Temporal program into the folder, start it and
 * stop it. Exit code 0 when the program is there and runs.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [program, downloadDir] = process.argv.slice(2);
if (downloadDir === undefined) throw new Error('usage: sdk-download <program> <folder>');

const server = { executable: { type: 'cached-download', downloadDir } };
const environment =
  program === 'temporal'
    ? await TestWorkflowEnvironment.createLocal({ server })
    : await TestWorkflowEnvironment.createTimeSkipping({ server });
await environment.teardown();
