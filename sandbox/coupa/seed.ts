import { addComment } from './comments.ts';
import type { CoupaStore } from './store.ts';
import { addDraftRow, createDraft, type RequisitionInput, submit } from './submit.ts';

interface SeedComment {
  byUserId: number;
  text: string;
}

const laptops: RequisitionInput = {
  requesterId: 101,
  lines: [
    {
      description: '15-inch laptop',
      quantity: '4',
      unitPrice: '3500',
      supplier: 'Acme Test Supply',
      account: 'HQ-IT-Equipment',
    },
    {
      description: 'Imaging service',
      quantity: null,
      unitPrice: '60.41',
      supplier: 'Acme Test Supply',
      account: 'HQ-IT-Services',
    },
  ],
  chain: [201, 202],
};

const room = { supplier: 'Lakeside Rooms', account: 'HQ-ENG-Events' };
const offsite: RequisitionInput = {
  requesterId: 103,
  title: 'Team offsite, two days',
  justification: 'Planning week for the platform team; the venue holds the date until Friday',
  currency: 'EUR',
  lines: [
    { ...room, description: 'Meeting room, per day', quantity: '2', unitPrice: '480' },
    { ...room, description: 'Lunch, per person', quantity: '24', unitPrice: '18.75' },
  ],
  chain: [202],
};

const fair = { supplier: 'Fair & Square', account: 'EU-MKT-Trade-Fairs' };
const stand: RequisitionInput = {
  requesterId: 102,
  title: 'Trade fair stand',
  justification: 'Autumn fair, 18 square metres, as agreed in the marketing plan',
  lines: [
    { ...fair, description: 'Stand space, 18 m2', quantity: '18', unitPrice: '312.50' },
    {
      description: 'Printed back wall',
      quantity: '1',
      unitPrice: '1240',
      supplier: 'Big Prints',
      account: 'EU-MKT-Print',
    },
    { ...fair, description: 'Shipping and set-up', quantity: null, unitPrice: '890' },
  ],
  chain: [203, 201],
};

const desks: RequisitionInput = {
  requesterId: 104,
  title: 'Standing desks, second floor',
  justification: 'Replacement of six worn desks',
  lines: [
    {
      description: 'Standing desk',
      quantity: '6',
      unitPrice: '649',
      supplier: 'Upright Office',
      account: 'HQ-FAC-Furniture',
    },
  ],
  chain: [203],
};

const waiting: readonly [RequisitionInput, SeedComment][] = [
  [laptops, { byUserId: 101, text: 'IT has checked the model; the price is good until Friday' }],
  [offsite, { byUserId: 202, text: 'Is the lunch for both days?' }],
  [stand, { byUserId: 102, text: 'Same place in the hall as last year' }],
];

/** Three requisitions that wait for approval, and a draft with the undated row of Coupa's own example. */
export function seedDemo(store: CoupaStore): void {
  for (const [input, comment] of waiting) {
    const requisition = createDraft(store, input);
    addComment(store, requisition, comment);
    submit(store, requisition);
  }
  const draft = createDraft(store, desks);
  addComment(store, draft, { byUserId: 104, text: 'Waiting for the measurements' });
  addDraftRow(store, draft);
}
