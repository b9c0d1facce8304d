/** What the middleware leaves for the handlers behind it. */
export interface ApiEnv {
  Variables: {
    /** Checked or generated: safe to log and to answer with. */
    requestId: string;
    /** Name of the API key that was presented; absent on the routes that need none. */
    caller?: string;
  };
}
