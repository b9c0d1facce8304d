import { people } from '../world/people.ts';
import type { Random } from './generate-random.ts';
import type { LineInput, RequisitionInput } from './submit.ts';

const managerIds = new Set(people.flatMap(({ managerId }) => managerId ?? []));
const approverIds = [...managerIds].sort((left, right) => left - right);
const requesterIds = people.filter(({ id, apiUser }) => !apiUser && !managerIds.has(id)).map(({ id }) => id);

/** US dollars as often as all others together; yen has no decimals, the Kuwaiti dinar has three. */
const currencies = ['USD', 'USD', 'USD', 'USD', 'EUR', 'GBP', 'JPY', 'KWD'];
const suppliers = ['Acme Test Supply', 'Upright Office', 'Lakeside Rooms', 'Big Prints', 'Fair & Square'];
const accounts = ['HQ-IT-Equipment', 'HQ-IT-Services', 'HQ-FAC-Furniture', 'EU-MKT-Print', null];
const goods = [
  'Laptop',
  'Monitor',
  'Standing desk',
  'Toner',
  'Camera',
  'Sensor kit',
  'Licence',
  'Office chair',
];
const services = ['Set-up', 'Cleaning', 'Translation', 'Shipping', 'Training day'];
const purposes = [
  'new hires',
  'the Berlin office',
  'the spring fair',
  'team Größe & Söhne',
  'the second floor',
];

/** A requisition with one to four lines and one or two approvers, none of whom is its requester. */
export function inputFrom(random: Random): RequisitionInput {
  const lines = Array.from({ length: random.whole(1, 4) }, () => lineFrom(random));
  const first = random.oneOf(approverIds);
  const second = random.oneOf(approverIds.filter((id) => id !== first));
  const purpose = random.oneOf(purposes);
  return {
    requesterId: random.oneOf(requesterIds),
    title: `${lines[0]?.description ?? 'Goods'} for ${purpose}`,
    justification: `Needed for ${purpose}, quarter ${random.whole(1, 4)}`,
    currency: random.oneOf(currencies),
    lines,
    chain: random.chance(0.5) ? [first, second] : [first],
  };
}

function lineFrom(random: Random): LineInput {
  // From tens to some ten thousands, the small ones more often.
  const cents = Math.floor(1000 * 10 ** (random.share() * 3.5));
  const common = {
    unitPrice: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
    supplier: random.oneOf(suppliers),
    account: random.oneOf(accounts),
  };
  return random.chance(0.2)
    ? { ...common, description: random.oneOf(services), quantity: null }
    : { ...common, description: random.oneOf(goods), quantity: String(random.whole(1, 24)) };
}
