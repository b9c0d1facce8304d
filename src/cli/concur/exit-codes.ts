/** How a command ended, for whoever scripts it. `unknown`: a purchase request may have been created (P5). */
export const exitCodes = { done: 0, failed: 1, usage: 2, unknown: 3, interrupted: 130 } as const;
