export { after } from './after.ts';
export { approval } from './approval/approval.ts';
export { notification } from './notification.ts';
export { poll } from './poll.ts';
