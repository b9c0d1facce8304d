export { startConcurSandbox } from './concur/start.ts';
export { startCoupaSandbox } from './coupa/start.ts';
export { startMoveworksSandbox } from './moveworks/start.ts';
