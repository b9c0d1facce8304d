export { after } from './after.ts';
export { approval } from './approval/approval.ts';
export { notification } from './notification.ts';
export { poll } from './poll.ts';
export { purchaseRequest } from './purchase-request/purchase-request.ts';
