/** Text for whoever started the command; logs go through the logger instead. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What went wrong, in the one line that an error of ours carries. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
