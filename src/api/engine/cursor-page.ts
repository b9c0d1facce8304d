import type { Client } from '@temporalio/client';
import { decodeCursor, encodeCursor } from '../../visibility/cursor.ts';
import { InvalidCursor } from './engine.ts';
import { grpcCodeOf, within } from './within.ts';

const invalidArgument = 3;

interface Page<Run> {
  readonly runs: readonly Run[];
  readonly token: Uint8Array;
}

/** Reads one page at a token, as `src/visibility` does. */
type ReadPage<Run> = (
  client: Client,
  request: { query: string; pageSize: number; token: Uint8Array },
) => Promise<Page<Run>>;

/** One page of what a visibility query finds, from a cursor on. Throws `InvalidCursor`, `EngineUnavailable`. */
export async function cursorPage<Run>(
  client: Client,
  readPage: ReadPage<Run>,
  { query, limit, cursor }: { query: string; limit: number; cursor?: string | undefined },
  deadlineMs: number,
): Promise<{ readonly runs: readonly Run[]; readonly cursor?: string }> {
  const from = cursor === undefined ? new Uint8Array() : decodeCursor(query, cursor);
  if (from === undefined) throw new InvalidCursor('The cursor is none of ours.');
  try {
    const { runs, token } = await within(client, deadlineMs, () =>
      readPage(client, { query, pageSize: limit, token: from }),
    );
    return { runs, ...(token.length === 0 ? {} : { cursor: encodeCursor(query, token) }) };
  } catch (error) {
    const refused = error instanceof Error && grpcCodeOf(error.cause) === invalidArgument;
    if (refused && cursor !== undefined) throw new InvalidCursor('The cursor is no longer valid.');
    throw error;
  }
}
