export { after } from './after.ts';
export { approval } from './approval/approval.ts';
export { poll } from './poll.ts';
