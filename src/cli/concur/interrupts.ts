import { stopSignal } from '../stop-signal.ts';
import { exitCodes } from './exit-codes.ts';
import { Interrupted } from './talk.ts';

/** What is said while a purchase request is on its way, when somebody wants to end the command. */
export interface SendingWords {
  /** At the first Ctrl-C: the answer to what was sent is waited for. */
  waits(): void;
  /** At the second one. Returns the exit code with which the process ends at once. */
  leaves(): number;
}

/** Ctrl-C, for the sub-commands. */
export interface Interrupts {
  /** Aborts with `Interrupted`. */
  readonly signal: AbortSignal;
  /** Sends what must not be cut off: it may have been created all the same (P5). */
  whileSending<T>(words: SendingWords, send: () => Promise<T>): Promise<T>;
  /** Has the end of the process wait for work that must not be lost half way; gives the same promise back. */
  readonly guard: <T>(work: Promise<T>) => Promise<T>;
}

/** The signals of this process, with what has to be done before it ends. */
export interface ProcessInterrupts extends Interrupts {
  /** Resolves when no guarded work is under way; calls `waits` first where there is some. */
  settle(waits: () => void): Promise<void>;
  /** Gives the signals back to Node. */
  release(): void;
}

/** Listens to the signals of this process: the first one aborts, a second one ends it at once. */
export function processInterrupts(): ProcessInterrupts {
  const controller = new AbortController();
  const guarded = new Set<Promise<unknown>>();
  let sending: SendingWords | undefined;
  const stop = stopSignal(() => process.exit(sending?.leaves() ?? exitCodes.interrupted));
  void stop.stopped.then(() => {
    sending?.waits();
    // The connector never cuts off a request that is on the wire; one that waits for its turn ends here.
    controller.abort(new Interrupted('interrupted'));
  });
  return {
    signal: controller.signal,
    whileSending: async (words, send) => {
      controller.signal.throwIfAborted();
      sending = words;
      try {
        return await send();
      } finally {
        sending = undefined;
      }
    },
    guard: (work) => {
      guarded.add(work);
      const forget = () => guarded.delete(work);
      work.then(forget, forget);
      return work;
    },
    settle: async (waits) => {
      if (guarded.size === 0) return;
      waits();
      await Promise.allSettled(guarded);
    },
    release: () => {
      stop.release();
    },
  };
}
