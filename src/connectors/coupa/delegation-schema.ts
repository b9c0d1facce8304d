import { z } from 'zod';
import { kindOf } from './approver-schema.ts';
import { userSchema } from './person-schema.ts';
import { idSchema, nullableTextSchema } from './scalars.ts';
import type { CoupaDelegation } from './types.ts';

const rawSchema = z.object({
  'delegator-id': idSchema.nullish(),
  'delegate-id': idSchema.nullish(),
  delegator: z.object({ id: idSchema }).nullish(),
  delegate: userSchema.nullish(),
  'start-date': nullableTextSchema,
  'end-date': nullableTextSchema,
  'approval-delegate': z.boolean().nullish(),
});

/** A time without a zone would be read in the zone of this machine; Coupa takes a bare date as midnight UTC. */
const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d))?$/.test(text) && !Number.isNaN(Date.parse(text));

/** The one id that both keys name; undefined when they contradict each other or neither is there. */
function oneId(a: number | null | undefined, b: number | undefined): number | undefined {
  const [first, second] = [a ?? b, b ?? a];
  return first === second ? first : undefined;
}

const delegateSchema = z.object({ delegate: z.unknown() });

/** Whoever is shown as the delegate must be seen to be a person: a group has an id as well (P6). */
function namesPerson(row: unknown): boolean {
  const delegate = delegateSchema.safeParse(row).data?.delegate;
  return delegate === undefined || delegate === null || kindOf(delegate) === 'user';
}

/**
 * Reads one delegation; undefined when it does not say plainly who acts for whom and from when: nobody gets a right
 * from it (P6). An absent end is taken for "until further notice"; one that cannot be read, for no delegation.
 */
export function readDelegation(row: unknown): CoupaDelegation | undefined {
  const parsed = rawSchema.safeParse(row);
  if (!parsed.success || !namesPerson(row)) return undefined;
  const { delegator, delegate, ...raw } = parsed.data;
  const delegatorId = oneId(raw['delegator-id'], delegator?.id);
  const delegateId = oneId(raw['delegate-id'], delegate?.id);
  const [startsAt, endsAt] = [raw['start-date'], raw['end-date']];
  if (delegatorId === undefined || delegateId === undefined) return undefined;
  if (startsAt === null || !isInstant(startsAt)) return undefined;
  if (endsAt !== null && !isInstant(endsAt)) return undefined;
  return {
    delegatorId,
    delegate: delegate ?? { id: delegateId, fullname: `user ${delegateId}` },
    startsAt,
    endsAt,
    approvals: raw['approval-delegate'] === true,
  };
}
