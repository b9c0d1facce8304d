import { describe, expect, it } from 'vitest';
import { type LookPolicy, policyFingerprint } from './policy-fingerprint.ts';

const policy: LookPolicy = {
  mode: 'decide',
  allowSelfApproval: false,
  pilot: ['ada@example.test', 'bo@example.test'],
  askMaxAgeMs: 1,
  groupAskMax: 10,
  skipGroups: false,
  remindAfterMs: [1, 2],
  remindEveryMs: 3,
  quietHours: [{ fromMinute: 0, toMinute: 480 }],
  timeZone: 'UTC',
};

describe('policyFingerprint', () => {
  it('is short and can stand anywhere', () => {
    expect(policyFingerprint(policy)).toMatch(/^[A-Za-z0-9_-]{8}$/);
  });

  it('is the same for the same policy, whatever the order in which it is written', () => {
    const { timeZone, ...rest } = policy;
    const quietHours = [{ toMinute: 480, fromMinute: 0 }];
    const pilot = ['bo@example.test', 'ada@example.test'];
    expect(policyFingerprint({ timeZone, ...rest, pilot, quietHours })).toBe(policyFingerprint(policy));
  });

  it('is another one when anything that a look applies is another', () => {
    const others: Partial<LookPolicy>[] = [
      { allowSelfApproval: true },
      { pilot: undefined },
      { pilot: [] },
      { pilot: ['ada@example.test'] },
      { askMaxAgeMs: 2 },
      { remindAfterMs: [] },
      { remindAfterMs: [1, 2, 3] },
      { remindEveryMs: undefined },
      { remindEveryMs: 4 },
      { quietHours: [] },
      { quietHours: [{ fromMinute: 0, toMinute: 481 }] },
      { timeZone: 'Europe/Berlin' },
    ];
    const names = [policy, ...others.map((other) => ({ ...policy, ...other }))].map(policyFingerprint);
    expect(new Set(names).size).toBe(others.length + 1);
  });

  it('does not look at what a card shows', () => {
    const more = { cardFields: ['amount'], cardActions: ['approve'], locale: 'de-AT' };
    expect(policyFingerprint({ ...policy, ...more })).toBe(policyFingerprint(policy));
  });
});
