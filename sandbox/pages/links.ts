/** Where the sandbox's pages are, for the header's links. Read at every request: `main.ts` fills it after the start. */
export interface PageLinks {
  /** The chat page, with scheme and host. */
  chat?: string;
  /** The Coupa page, with scheme and host. */
  coupa?: string;
  /** The Concur page, with scheme and host. */
  concur?: string;
}
