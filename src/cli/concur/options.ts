import { parseArgs } from 'node:util';

/** What `countersign concur` was asked for. */
export type ConcurArguments =
  | { readonly command: 'token'; readonly anew: boolean; readonly renew: boolean; readonly yes: boolean }
  | { readonly command: 'whoami' }
  | { readonly command: 'vendors'; readonly json: boolean; readonly code?: string }
  | {
      readonly command: 'lists';
      readonly json: boolean;
      readonly listId?: string;
      readonly code?: string;
    }
  | {
      readonly command: 'create';
      /** `-` for standard input. */
      readonly file: string;
      readonly asUser: boolean;
      readonly yes: boolean;
      readonly json: boolean;
    }
  | { readonly command: 'status'; readonly id: string; readonly json: boolean; readonly watch: boolean };

const flag = { type: 'boolean', default: false } as const;
const text = { type: 'string' } as const;

/** The options of each word; Node's parser reads them, and what npm keeps for itself is told by their names. */
const optionsOf = {
  token: { new: flag, renew: flag, yes: flag },
  whoami: {},
  vendors: { json: flag, code: text },
  lists: { json: flag, code: text },
  create: { 'as-user': flag, yes: flag, json: flag },
  status: { json: flag, watch: flag },
} as const;

/** What may stand in a path of SAP Concur's: its ids are UUIDs. */
const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

function tooMany(given: readonly string[], allowed: number): void {
  const extra = given[allowed];
  if (extra !== undefined) throw new Error(`Unexpected argument '${extra}'.`);
}

function readToken(args: string[]): ConcurArguments | string {
  const { values } = parseArgs({ args, options: optionsOf.token });
  if (values.new && values.renew) return 'token takes --new or --renew, not both';
  return { command: 'token', anew: values.new, renew: values.renew, yes: values.yes };
}

function readWhoami(args: string[]): ConcurArguments {
  parseArgs({ args, options: optionsOf.whoami });
  return { command: 'whoami' };
}

function readVendors(args: string[]): ConcurArguments {
  const { values } = parseArgs({ args, options: optionsOf.vendors });
  return {
    command: 'vendors',
    json: values.json,
    ...(values.code === undefined ? {} : { code: values.code }),
  };
}

function readLists(args: string[]): ConcurArguments | string {
  const { values, positionals } = parseArgs({ args, options: optionsOf.lists, allowPositionals: true });
  tooMany(positionals, 1);
  const [listId] = positionals;
  const { json, code } = values;
  if (listId === undefined) {
    return code === undefined
      ? { command: 'lists', json }
      : '--code needs the id of its list: concur lists LISTID --code CODE';
  }
  if (!idPattern.test(listId)) return 'the id of a list is made of letters, digits, - and _';
  return { command: 'lists', json, listId, ...(code === undefined ? {} : { code }) };
}

function readCreate(args: string[]): ConcurArguments | string {
  const { values, positionals } = parseArgs({ args, options: optionsOf.create, allowPositionals: true });
  tooMany(positionals, 1);
  const [file] = positionals;
  const { 'as-user': asUser, yes, json } = values;
  if (file === undefined) return 'create needs the file of the request, or - for standard input';
  // Standard input is read to its end as the request, so that nothing is left there to answer with.
  if (file === '-' && asUser)
    return 'create - reads standard input, so --as-user needs the request in a file';
  if (file === '-' && !yes) return 'create - reads standard input, so it needs --yes';
  return { command: 'create', file, asUser, yes, json };
}

function readStatus(args: string[]): ConcurArguments | string {
  const { values, positionals } = parseArgs({ args, options: optionsOf.status, allowPositionals: true });
  tooMany(positionals, 1);
  const [id] = positionals;
  if (id === undefined || !idPattern.test(id)) {
    return 'status needs the id that SAP Concur gave, made of letters, digits, - and _';
  }
  return { command: 'status', id, json: values.json, watch: values.watch };
}

const readers: Readonly<Record<keyof typeof optionsOf, (args: string[]) => ConcurArguments | string>> = {
  token: readToken,
  whoami: readWhoami,
  vendors: readVendors,
  lists: readLists,
  create: readCreate,
  status: readStatus,
};

function isWord(name: string): name is keyof typeof optionsOf {
  return Object.hasOwn(optionsOf, name);
}

/** The names of the options that this use of `concur` could have, without their dashes. */
export function concurOptionNames([name = '']: readonly string[]): readonly string[] {
  return isWord(name) ? Object.keys(optionsOf[name]) : [];
}

/** Reads the arguments behind `concur`; one sentence for whoever typed them where they are none of ours. */
export function readConcurArguments(args: readonly string[]): ConcurArguments | string {
  const [name = '', ...rest] = args;
  if (!isWord(name)) return `concur needs one of these words: ${Object.keys(readers).join(', ')}`;
  try {
    return readers[name](rest);
  } catch (error) {
    // Node's own sentence names the option: "Unknown option '--x'".
    const [sentence = ''] = error instanceof Error ? error.message.split(/\.(?:\s|$)/) : [];
    return `concur ${name}: ${sentence.replace(/\s+/g, ' ')}`;
  }
}
