/** One of the two Temporal programs that the embedded parts and the tests run. */
export interface TemporalTool {
  /** The file's name, wherever it comes from. */
  program: 'temporal' | 'temporal-test-server';
  title: string;
  /** Names a program of the user's own, before any search. */
  variable: 'TEMPORAL_CLI_PATH' | 'TEMPORAL_TEST_SERVER_PATH';
}

/** What a search works on and tells as it goes. */
export interface ToolSearch {
  /** The home folder: what has to be installed goes to its `tools`. */
  home: string;
  env: NodeJS.ProcessEnv;
  /** Gets a line about each step that takes time or fails. */
  log: (line: string) => void;
}

/** One way to come by a program: its path, or undefined when this way does not lead there. */
export type ToolSource = (tool: TemporalTool, search: ToolSearch) => Promise<string | undefined>;
