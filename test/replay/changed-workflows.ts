import { sleep } from '@temporalio/workflow';
import * as present from '../../src/workflows/index.ts';

/** The workflows with one change each that no history knows: a timer before the first step. */
export async function approval(...args: Parameters<typeof present.approval>) {
  await sleep('1 second');
  return present.approval(...args);
}

export async function after(...args: Parameters<typeof present.after>) {
  await sleep('1 second');
  return present.after(...args);
}

export async function notification(...args: Parameters<typeof present.notification>) {
  await sleep('1 second');
  return present.notification(...args);
}

export async function purchaseRequest(...args: Parameters<typeof present.purchaseRequest>) {
  await sleep('1 second');
  return present.purchaseRequest(...args);
}

export async function poll() {
  await sleep('1 second');
  return present.poll();
}
