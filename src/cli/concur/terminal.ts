import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { orAborted } from '../../connectors/http/aborting.ts';
import { Secret } from '../../contract/secret.ts';
import { CommandError } from '../configuration.ts';
import { Interrupted, type Talk } from './talk.ts';

/** The streams of a process, or a test's. */
interface Streams {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly output: NodeJS.WritableStream;
  readonly errors: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
}

function swallow(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}

const inputEnded = 'standard input ended before the answer came.';

/** One line typed by a human. Hidden: what is typed goes nowhere, since readline echoes to its output alone. */
function typed({ input, errors }: Streams, question: string, hidden: boolean, signal: AbortSignal) {
  return new Promise<string>((resolve, reject) => {
    const reader = createInterface({
      input,
      output: hidden ? swallow() : errors,
      terminal: true,
      historySize: 0,
    });
    let end = (): void => {
      reject(new CommandError(`countersign: ${inputEnded}`));
    };
    const interrupted = () => {
      // A hidden answer ends with a line of its own anyway.
      if (!hidden) errors.write('\n');
      end = () => {
        reject(new Interrupted('interrupted'));
      };
      reader.close();
    };
    signal.addEventListener('abort', interrupted, { once: true });
    reader.on('SIGINT', interrupted);
    reader.on('line', (line) => {
      end = () => {
        resolve(line);
      };
      reader.close();
    });
    reader.on('close', () => {
      signal.removeEventListener('abort', interrupted);
      if (hidden) errors.write('\n');
      end();
    });
    if (hidden) errors.write(question);
    reader.setPrompt(hidden ? '' : question);
    reader.prompt();
    if (signal.aborted) interrupted();
  });
}

/** Lines of an input that is no terminal; one reader for all of them, since it reads ahead. */
function scripted(input: NodeJS.ReadableStream, signal: AbortSignal): () => Promise<string> {
  let reader: Interface | undefined;
  let lines: AsyncIterator<string> | undefined;
  return async () => {
    reader ??= createInterface({ input, terminal: false });
    lines ??= reader[Symbol.asyncIterator]();
    const line = await orAborted(lines.next(), signal);
    if (line.done === true) throw new CommandError(`countersign: ${inputEnded}`);
    return line.value;
  };
}

/** Talks over a process's streams. `signal`: Ctrl-C, which ends a question too. */
export function terminalTalk(streams: Streams, signal: AbortSignal): Talk {
  const { input, output, errors } = streams;
  const interactive = input.isTTY === true;
  const nextLine = scripted(input, signal);
  let shown = false;
  const clear = () => {
    if (shown) errors.write('\r\u001b[K');
    shown = false;
  };
  const answer = (question: string, hidden: boolean) => {
    clear();
    return interactive ? typed(streams, question, hidden, signal) : nextLine();
  };
  return {
    out: (text) => {
      clear();
      output.write(`${text}\n`);
    },
    say: (text) => {
      clear();
      errors.write(`${text}\n`);
    },
    progress: (text) => {
      if (errors.isTTY !== true) return;
      clear();
      errors.write(text);
      shown = text !== '';
    },
    interactive,
    ask: (question) => answer(question, false),
    askHidden: async (question) => new Secret(await answer(question, true)),
  };
}
