import { concurOrigin } from '../contract/origins.ts';
import type { HandOffRule, ListField } from './config.ts';
import { entriesOf, kind, listedKind } from './kind.ts';

/** SAP's own page has both spellings of the field for a unit of measure, one in its table and one in its sample. */
export const uomField = kind('uomCode or uoMCode', (text) =>
  text === 'uomCode' || text === 'uoMCode' ? text : undefined,
);

/** `custom1=<list id>` for the header, `line.custom3=<list id>` for lines: fields whose codes are looked up. */
export const listFields = listedKind<ListField[]>((text, problem) => {
  const entries = entriesOf(text);
  return entries.map((entry, index) => {
    const match = /^(line\.)?(custom([1-9]\d?))\s*=\s*([\w.-]+)$/.exec(entry);
    const on = match?.[1] === undefined ? ('header' as const) : ('line' as const);
    const most = on === 'header' ? 24 : 20;
    if (match === null || Number(match[3]) > most) {
      problem(
        `entry ${index + 1} should be custom1=<list id> (1 to 24) or line.custom1=<list id> (1 to 20); countersign concur lists shows the ids`,
      );
    }
    return { on, field: `custom${Number(match?.[3] ?? 1)}`, listId: match?.[4] ?? '' };
  });
});

const looksLike =
  'conditions such as since=2026-01-31; supplier=Acme|Dell; commodity=Laptops; currency=EUR|USD; amount=..5000';

function alternatives(text: string): string[] {
  return text
    .split('|')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
}

/** A day of the calendar, so that 2026-02-31 is none. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(time).toJSON().slice(0, 10) === text;
}

/**
 * Which approved requisitions become purchase requests. `since` is needed: without it a first start would order again
 * what was bought long ago.
 */
export const handOffRule = listedKind<HandOffRule>((text, problem) => {
  const given = new Map<string, string>();
  for (const [index, entry] of text.split(';').entries()) {
    if (entry.trim() === '') continue;
    const [, name = '', value = ''] = /^\s*(since|supplier|commodity|currency|amount)\s*=\s*(.+?)\s*$/i.exec(
      entry,
    ) ?? [''];
    if (name === '' || given.has(name.toLowerCase()))
      problem(`condition ${index + 1} is unknown or given twice: ${looksLike}`);
    given.set(name.toLowerCase(), value);
  }
  const since = given.get('since') ?? '';
  if (!isDay(since))
    problem('since=YYYY-MM-DD is needed: requisitions submitted before that day are left alone');
  const amount = given.get('amount') ?? '..';
  const [, atLeast = '', atMost = ''] = /^(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?$/.exec(amount) ?? [''];
  if (given.has('amount') && atLeast === '' && atMost === '') {
    problem(
      'amount should be a range such as ..5000, 100.. or 100..5000, in the currency of the requisition',
    );
  }
  if (given.has('amount') && !given.has('currency')) {
    problem('amount needs currency, since it says nothing about other ones');
  }
  return {
    since,
    suppliers: alternatives(given.get('supplier') ?? ''),
    commodities: alternatives(given.get('commodity') ?? ''),
    currencies: alternatives(given.get('currency') ?? '').map((code) => code.toUpperCase()),
    ...(atLeast === '' ? {} : { atLeast }),
    ...(atMost === '' ? {} : { atMost }),
  };
});

/** Where tokens come from: SAP's global landing zone unless told. */
export const concurUrl = listedKind<string>((text, problem) => {
  const checked = concurOrigin(text);
  if ('origin' in checked) return checked.origin;
  problem(`refused: ${checked.why}`);
  return undefined;
});
