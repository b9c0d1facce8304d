export type { CoupaSandboxOptions } from './coupa/options.ts';
export { startCoupaSandbox } from './coupa/start.ts';
export type { Sandbox } from './listen.ts';
export type { MoveworksEvent, MoveworksSandboxOptions } from './moveworks/options.ts';
export { startMoveworksSandbox } from './moveworks/start.ts';
