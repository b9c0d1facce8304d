import { BodyFields, type Fields, isFields } from './body-fields.ts';
import { checkLine } from './check-line.ts';
import { CreateErrors } from './create-errors.ts';
import type { Entity } from './entity.ts';
import type { RequestError } from './options.ts';
import type { PurchaseLine } from './state.ts';
import { type ConcurUser, userBy } from './users.ts';

/** A body that passed: who asks, and what the sandbox itself needs of the rest. */
interface CheckedDocument {
  body: Fields;
  user: ConcurUser;
  currency: string;
  lines: PurchaseLine[];
}

export type Checked =
  { ok: true; document: CheckedDocument } | { ok: false; errors: readonly RequestError[] };

/** The policies of SAP's Standard Edition, with and without country packs. */
const policies = ['PO', 'USPO', 'GBPO', 'JPPO', 'CAPO', 'AUPO'];
const currencies = new Set(Intl.supportedValuesOf('currency'));
const userFields = ['userId', 'userEmail', 'userLoginId'] as const;
const texts = ['description', 'notesToSupplier', 'comments', 'shipToAddressCode', 'billToAddressCode'];
const customs = Array.from({ length: 24 }, (_, index) => `custom${index + 1}`);

/**
 * Checks the body of a create as SAP documents it, and finds everything that is wrong with it. Fields that SAP does
 * not know are let pass.
 */
export function checkDocument(text: string, entity: Entity): Checked {
  const errors = new CreateErrors();
  const document = text.trim() === '' ? undefined : checkedBody(text, entity, errors);
  if (text.trim() === '') errors.add('missingRequestBody');
  if (document === undefined || errors.found.length > 0) return { ok: false, errors: errors.found };
  return { ok: true, document };
}

function checkedBody(text: string, entity: Entity, errors: CreateErrors): CheckedDocument | undefined {
  const body = parsed(text);
  if (!isFields(body)) {
    errors.add('invalidRequestBody');
    return undefined;
  }
  const fields = new BodyFields(body, '', errors);
  const user = checkUser(fields, entity.users, errors);
  const currency = checkCurrency(fields, errors);
  const policy = fields.text('policyExternalId');
  if (policy !== undefined && !policies.includes(policy)) {
    errors.add('invalidPolicyInformation', 'policyExternalId');
  }
  for (const name of [...texts, ...customs]) fields.text(name);
  const lines = checkLines(fields, entity, errors);
  return user === undefined || currency === undefined ? undefined : { body, user, currency, lines };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkUser(fields: BodyFields, users: readonly ConcurUser[], errors: CreateErrors) {
  const named = userFields.filter((name) => fields.raw(name) !== undefined);
  const [name] = named;
  if (name === undefined) {
    errors.add('missingUserInfo');
    return undefined;
  }
  if (named.length > 1) {
    errors.add('provideOneUserInformation');
    return undefined;
  }
  const value = fields.text(name);
  if (value === undefined) return undefined;
  const user = userBy(users, name, value);
  if (user === undefined) errors.add('invalidUserInfo', name);
  return user;
}

function checkCurrency(fields: BodyFields, errors: CreateErrors): string | undefined {
  const value = fields.raw('currencyCode');
  if (typeof value === 'string' && currencies.has(value)) return value;
  errors.add(value === undefined ? 'missingCurrencyCode' : 'invalidCurrencyCode', 'currencyCode');
  return undefined;
}

function checkLines(fields: BodyFields, { store }: Entity, errors: CreateErrors): PurchaseLine[] {
  const value = fields.raw('lineItems');
  if (value !== undefined && !Array.isArray(value)) {
    errors.add('invalidRequestBody', 'lineItems');
    return [];
  }
  const items: unknown[] = value ?? [];
  if (items.length === 0) errors.add('missingLineItems', 'lineItems');
  return items.flatMap((item, index) => checkLine(item, index, store, errors) ?? []);
}
