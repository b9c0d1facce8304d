import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../contract/secret.ts';

/** What a reference names: the approval, the approver it was made for, and the card it stands on. */
interface Reference {
  readonly approvalId: number;
  readonly userId: number;
  readonly card: string;
}

export interface References {
  /** The text that goes into the card's slot: `<approvalId>.<coupaUserId>.<card>.<mac>`, safe in a URL path. */
  sign(reference: Reference): string;
  /** `malformed` when the text is no reference at all, `forged` when none of our secrets made it. */
  verify(text: string): Reference | 'malformed' | 'forged';
}

const shape = /^([1-9]\d{0,15})\.([1-9]\d{0,15})\.([cl][0-9a-f]{16})\.([A-Za-z0-9_-]{22})$/;

/** 128 bits: more than enough against guessing, and short enough for a slot. */
const macBytes = 16;

function mac(secret: Secret, { approvalId, userId, card }: Reference): Buffer {
  return createHmac('sha256', secret.reveal())
    .update(`countersign reference 1\n${approvalId}.${userId}.${card}`)
    .digest()
    .subarray(0, macBytes);
}

/**
 * Signed references (P6). The first secret signs, all verify, so that secrets rotate without a dead card.
 * A reference proves person, card and facts; it is worthless without the credential of an API caller.
 */
export function createReferences(secrets: readonly Secret[]): References {
  const [signing] = secrets;
  if (signing === undefined) throw new Error('REFERENCE_SECRETS is empty: at least one secret must sign.');
  return {
    sign(reference) {
      const { approvalId, userId, card } = reference;
      return `${approvalId}.${userId}.${card}.${mac(signing, reference).toString('base64url')}`;
    },
    verify(text) {
      const [, approvalId, userId, card, given] = shape.exec(text) ?? [];
      if (approvalId === undefined || userId === undefined || card === undefined || given === undefined) {
        return 'malformed';
      }
      const reference = { approvalId: Number(approvalId), userId: Number(userId), card };
      const bytes = Buffer.from(given, 'base64url');
      // 22 characters carry 4 bits more than the MAC: only one spelling of a reference is one.
      if (bytes.toString('base64url') !== given) return 'malformed';
      // Every secret is tried, so that the time taken does not tell which one matched.
      const matches = secrets.filter((secret) => timingSafeEqual(mac(secret, reference), bytes));
      return matches.length > 0 ? reference : 'forged';
    },
  };
}
