import { z } from 'zod';
import { modes } from '../contract/mode.ts';
import { baseUrl } from './base-url.ts';
import { locale, timeZone } from './calendar.ts';
import { cardActionList, cardFieldList } from './card.ts';
import { concurUrl, handOffRule, listFields, uomField } from './concur.ts';
import { age, interval, people, perMinute, perSecond, port, proxies, toggle } from './numbers.ts';
import { quietHours } from './quiet-hours.ts';
import { remindAfter, remindEvery } from './reminders.ts';
import { apiKeys, referenceSecrets, secret } from './secrets.ts';
import { addresses, clientId, eventId, host, oneOf, path, scopes, slots, text, uuid } from './words.ts';

/** Every kind of variable, by the name that the table of variables uses. */
export const kinds = {
  addresses,
  age,
  /** Read elsewhere: only known here. */
  anything: z.string(),
  apiKeys,
  baseUrl,
  cardActions: cardActionList,
  cardFields: cardFieldList,
  clientId,
  concurUrl,
  eventId,
  handOffRule,
  host,
  interval,
  listFields,
  locale,
  mode: oneOf(...modes),
  logLevel: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  notifyRequester: oneOf('rejections', 'all', 'none'),
  path,
  people,
  perMinute,
  perSecond,
  port,
  proxies,
  quietHours,
  referenceSecrets,
  remindAfter,
  remindEvery,
  rejectReason: oneOf('optional', 'required'),
  scopes,
  secret,
  slots,
  text,
  timeZone,
  toggle,
  uomField,
  uuid,
};

/** The name of a kind. */
export type KindName = keyof typeof kinds;
