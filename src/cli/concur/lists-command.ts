import type { ConcurClient } from '../../connectors/concur/types.ts';
import { TerminalError } from '../../connectors/http/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonText, plain } from './plain.ts';
import { readAll } from './read-all.ts';
import { table } from './table.ts';
import type { Talk } from './talk.ts';

interface ListsDeps {
  readonly client: ConcurClient;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

async function allLists({ client, talk, signal }: ListsDeps, json: boolean): Promise<number> {
  const lists = await readAll(client.lists({ signal }), 'lists', talk);
  if (json) talk.out(jsonText(lists));
  else if (lists.length > 0) {
    const rows = lists.map(({ id, name, levels }) => [id, name, levels?.toString()]);
    talk.out(table(['List id', 'Name', 'Levels'], rows));
  } else talk.say('SAP Concur shows no lists to this application.');
  return exitCodes.done;
}

async function allItems({ client, talk, signal }: ListsDeps, listId: string, json: boolean): Promise<number> {
  const items = await readAll(client.listItems(listId, { signal }), 'items', talk);
  if (json) talk.out(jsonText(items));
  else if (items.length > 0) {
    const rows = items.map(({ code, name }) => [code, name]);
    talk.out(table(['Code', 'Name'], rows));
  } else talk.say('This list has no items.');
  return exitCodes.done;
}

async function oneItem(
  { client, talk, signal }: ListsDeps,
  { listId, code, json }: { listId: string; code: string; json: boolean },
): Promise<number> {
  const exists = await client.hasListItem(listId, code, { signal });
  if (json) talk.out(jsonText({ listId, code, exists }));
  else if (exists) talk.out(`${plain(code)} is an item of this list.`);
  else
    talk.say(
      `SAP Concur has no item ${plain(code)} on the first level of list ${plain(listId)}; ` +
        `\`countersign concur lists ${plain(listId)}\` shows them, and codes are compared letter by letter.`,
    );
  return exists ? exitCodes.done : exitCodes.failed;
}

/** `concur lists`: the lists, the items of one, or whether one has an item of this code. */
export async function showLists(
  deps: ListsDeps,
  { json, listId, code }: { readonly json: boolean; readonly listId?: string; readonly code?: string },
): Promise<number> {
  if (listId === undefined) return allLists(deps, json);
  try {
    return await (code === undefined ? allItems(deps, listId, json) : oneItem(deps, { listId, code, json }));
  } catch (error) {
    if (!(error instanceof TerminalError) || error.status !== 404) throw error;
    deps.talk.say(`SAP Concur has no list ${plain(listId)}; \`countersign concur lists\` shows them.`);
    return exitCodes.failed;
  }
}
