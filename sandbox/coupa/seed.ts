import type { CoupaStore } from './store.ts';
import { addDraftRow, createDraft, submit } from './submit.ts';

/** Three requisitions that wait for approval, and a draft with the undated row of Coupa's own example. */
export function seedDemo(store: CoupaStore): void {
  submit(store, createDraft(store, { requesterId: 101, chain: [201, 202] }));
  submit(
    store,
    createDraft(store, {
      requesterId: 103,
      title: 'Team offsite, two days',
      justification: 'Planning week for the platform team; the venue holds the date until Friday',
      currency: 'EUR',
      lines: [
        { description: 'Meeting room, per day', quantity: '2', unitPrice: '480', supplier: 'Lakeside Rooms' },
        { description: 'Lunch, per person', quantity: '24', unitPrice: '18.75', supplier: 'Lakeside Rooms' },
      ],
      chain: [202],
    }),
  );
  submit(
    store,
    createDraft(store, {
      requesterId: 102,
      title: 'Trade fair stand',
      justification: 'Autumn fair, 18 square metres, as agreed in the marketing plan',
      lines: [
        { description: 'Stand space, 18 m2', quantity: '18', unitPrice: '312.50', supplier: 'Fair & Square' },
        { description: 'Printed back wall', quantity: '1', unitPrice: '1240', supplier: 'Big Prints' },
        { description: 'Shipping and set-up', quantity: null, unitPrice: '890', supplier: 'Fair & Square' },
      ],
      chain: [203, 201],
    }),
  );
  const draft = createDraft(store, {
    requesterId: 104,
    title: 'Standing desks, second floor',
    justification: 'Replacement of six worn desks',
    lines: [{ description: 'Standing desk', quantity: '6', unitPrice: '649', supplier: 'Upright Office' }],
    chain: [203],
  });
  addDraftRow(store, draft);
}
