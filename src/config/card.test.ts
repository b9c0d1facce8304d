import { describe, expect, it } from 'vitest';
import { cardFields, guideCardFields } from '../contract/card-fields.ts';
import { configOf, messagesOf } from './test-config.ts';

const fieldsOf = (text: string) => configOf({ CARD_FIELDS: text }).policy.cardFields;
const actionsOf = (text: string) => configOf({ CARD_ACTIONS: text }).policy.cardActions;

describe('CARD_FIELDS', () => {
  it("is the guide's seven fields when left out", () => {
    expect(configOf({}).policy.cardFields).toEqual(guideCardFields);
    expect(guideCardFields).toHaveLength(7);
  });

  it('keeps the order given, and each field once', () => {
    expect(fieldsOf('amount, lines, name, amount')).toEqual(['amount', 'lines', 'name']);
  });

  it('reads every field that there is', () => {
    expect(fieldsOf(cardFields.join(','))).toEqual(cardFields);
  });

  it.each(['Created by', 'created_by', 'CREATED-BY', ' created  by ', 'created - by'])(
    'reads %j as created-by',
    (text) => {
      expect(fieldsOf(`amount,${text}`)).toEqual(['amount', 'created-by']);
    },
  );

  it('names the entries that it does not know, and every field that it does', () => {
    const known = cardFields.join(', ');
    expect(messagesOf({ CARD_FIELDS: 'amount,colour' })).toEqual([
      `entry 2 is not known; give names out of ${known}, separated by commas`,
    ]);
    expect(messagesOf({ CARD_FIELDS: 'size,amount,amount lines' })).toEqual([
      `entries 1, 3 are not known; give names out of ${known}, separated by commas`,
    ]);
  });

  it('refuses a list without entries, and says what there is', () => {
    expect(messagesOf({ CARD_FIELDS: ' , ' })).toEqual([
      `one or more of ${cardFields.join(', ')}, separated by commas`,
    ]);
  });
});

describe('CARD_ACTIONS', () => {
  it('takes one action alone, in any case, each once', () => {
    expect(actionsOf('Approve')).toEqual(['approve']);
    expect(actionsOf('reject,REJECT')).toEqual(['reject']);
  });

  it('is both when left out', () => {
    expect(configOf({}).policy.cardActions).toEqual(['approve', 'reject']);
  });

  it.each(['approve,deny', 'send-back', ','])('refuses %j, and says what there is', (text) => {
    const [message, ...others] = messagesOf({ CARD_ACTIONS: text });
    expect(message).toMatch(/out of approve, reject|one or more of approve, reject/);
    expect(others).toEqual([]);
  });
});

describe('the scopes that Coupa is asked for', () => {
  const coupaOf = (env: Record<string, string>) =>
    configOf({
      COUPA_BASE_URL: 'https://acme.coupahost.com',
      COUPA_CLIENT_ID: 'client-1',
      COUPA_CLIENT_SECRET: 'coupa-hush',
      MOVEWORKS_EVENT_ID: 'event-1',
      MOVEWORKS_API_KEY: 'moveworks-hush',
      API_KEYS: 'a:0123456789abcdef',
      REFERENCE_SECRETS: 'r'.repeat(32),
      ...env,
    }).coupa;

  it('have the one for comments beside them when a card shows the last comment', () => {
    expect(coupaOf({})?.optionalScopes).toEqual(['core.comment.read']);
    expect(coupaOf({})?.scopes).not.toContain('core.comment.read');
  });

  it('go without it when no card shows a comment', () => {
    expect(coupaOf({ CARD_FIELDS: 'amount' })?.optionalScopes).toEqual([]);
  });

  it('do not repeat it when it was asked for by name', () => {
    const scopes = 'core.approval.read core.comment.read';
    expect(coupaOf({ COUPA_SCOPES: scopes })?.optionalScopes).toEqual([]);
  });
});
