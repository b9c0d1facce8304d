/** A purchase that the form offers ready-made. */
interface Sample {
  requesterId: number;
  /** What the form's fields hold. */
  values: Readonly<Record<string, string>>;
}

const laptops: Sample = {
  requesterId: 101,
  values: {
    title: 'Laptops for new hires',
    justification: 'Four starters in April',
    currency: 'USD',
    description1: '15-inch laptop',
    quantity1: '4',
    unitPrice1: '3500',
    supplier1: 'Acme Test Supply',
  },
};

const chairs: Sample = {
  requesterId: 104,
  values: {
    title: 'Chairs for the meeting rooms',
    justification: 'Half of the old ones are broken',
    currency: 'EUR',
    description1: 'Stacking chair',
    quantity1: '24',
    unitPrice1: '89.90',
    supplier1: 'Upright Office',
  },
};

const licences: Sample = {
  requesterId: 103,
  values: {
    title: 'Design tool licences',
    justification: 'Renewal for one year',
    currency: 'USD',
    description1: 'Licence, per seat and year',
    quantity1: '12',
    unitPrice1: '180',
    supplier1: 'Pixel & Daughters',
  },
};

const flyers: Sample = {
  requesterId: 102,
  values: {
    title: 'Flyers for the spring campaign',
    justification: 'As agreed in the marketing plan',
    currency: 'USD',
    description1: 'Flyer, A5, both sides',
    quantity1: '5000',
    unitPrice1: '0.07',
    supplier1: 'Big Prints',
  },
};

/** Submissions that the form offers one after another, so that several clicks make no row of twins. */
export const samples: readonly [Sample, ...Sample[]] = [laptops, chairs, licences, flyers];
