import { z } from 'zod';

const named = z.looseObject({ id: z.number() });
const row = z.looseObject({
  id: z.number(),
  status: z.string(),
  note: z.string().nullish(),
  'approver-id': z.number().nullish(),
  'approver-type': z.string().nullish(),
  approver: named.nullish(),
  delegates: z.array(named).nullish(),
});
const document = z.looseObject({
  id: z.number(),
  status: z.string(),
  total: z.string(),
  approvals: z.array(row),
  'current-approval': named.nullish(),
  'current-parallel-approvals': z.array(named).nullish(),
});

/** An approval as Coupa shows it, as far as this suite reads it by itself. */
export type Row = z.infer<typeof row>;
export type Document = z.infer<typeof document>;

/** Coupa's JSON of one approval; undefined for anything else. */
export const readRow = (body: unknown): Row | undefined => row.safeParse(body).data;
/** Coupa's JSON of one requisition; undefined for anything else. */
export const readDocument = (body: unknown): Document | undefined => document.safeParse(body).data;

/** Whose turn it is: the requisition is pending, and names the row as a current one. */
export function isTurn(approvalId: number, requisition: Document): boolean {
  const current = [requisition['current-approval'], ...(requisition['current-parallel-approvals'] ?? [])];
  return requisition.status === 'pending_approval' && current.some((each) => each?.id === approvalId);
}

/** Who is who beside the rows: people of one requisition, members of groups, and delegations that always hold. */
export interface Directory {
  readonly own: readonly number[];
  readonly groups: ReadonlyMap<number, readonly number[]>;
  readonly delegations: ReadonlyMap<number, readonly number[]>;
}

/** The ids of those who may decide a row, read off Coupa's own words: never its requester or creator. */
export function entitledTo(approval: Row, directory: Directory): readonly number[] {
  const approverId = approval.approver?.id ?? approval['approver-id'] ?? 0;
  const isGroup = approval['approver-type'] === 'ApprovalGroup';
  const may = isGroup
    ? (directory.groups.get(approverId) ?? [])
    : [
        approverId,
        ...(directory.delegations.get(approverId) ?? []),
        ...(approval.delegates ?? []).map(({ id }) => id),
      ];
  return [...new Set(may)].filter((id) => !directory.own.includes(id));
}

/** Prices begin here, so that a total tells which version of the facts it belongs to. */
const basePrice = 1_000;

/** The lines of a version: their total is `basePrice` plus the version. */
export function linesOf(version: number): object[] {
  return [{ description: 'Desk', quantity: '1', unitPrice: `${basePrice + version}.00` }];
}

/** The version that a total (Coupa's decimal) belongs to. */
export function versionOf(total: string): number {
  return Number(total) - basePrice;
}

/** The version that a card showed, read off its amount. */
export function versionOnCard(message: string): number | undefined {
  const [, amount] = /<i>Amount<\/i>: \D*([\d,]+\.\d\d)/.exec(message) ?? [];
  return amount === undefined ? undefined : versionOf(amount.replaceAll(',', ''));
}

/** Reads Coupa by its own API, past the product, with a token of its own. */
export function coupaReader(coupaUrl: string) {
  let token: Promise<string> | undefined;
  const mint = async (): Promise<string> => {
    const answer = await fetch(`${coupaUrl}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'client',
        client_secret: 'coupa-client-secret',
        scope: 'core.approval.read core.requisition.read',
      }),
    });
    return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
  };
  const get = async (path: string): Promise<unknown> => {
    token ??= mint();
    const headers = { authorization: `Bearer ${await token}`, accept: 'application/json' };
    const answer = await fetch(`${coupaUrl}/api/${path}`, { headers });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`GET /api/${path}: ${answer.status}`);
    return answer.json();
  };
  return {
    requisition: async (id: number): Promise<Document | undefined> => {
      const body = await get(`requisitions/${id}`);
      return body === undefined ? undefined : document.parse(body);
    },
  };
}

export type CoupaReader = ReturnType<typeof coupaReader>;
