/**
 * Headers of a call on a connection of its own. A kept one is closed after some seconds without a call: on a machine
 * that stood still so long, the next call goes out on it before its end is noticed, and nobody is at fault.
 */
export const onItsOwn = { connection: 'close' } as const;
