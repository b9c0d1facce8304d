import { cardFields } from '../contract/card-fields.ts';
import type { Facts } from '../contract/facts.ts';
import type { Sheet } from '../contract/observation.ts';
import type { CardStyle } from './content.ts';

/** A style that shows everything, for tests of cards. */
export const fullStyle: CardStyle = {
  mode: 'decide',
  locale: 'en-US',
  timeZone: 'UTC',
  cardFields,
  coupaBaseUrl: 'https://acme.coupahost.com',
};

/** Two lines: four laptops, and a service that has no quantity. */
export const sampleFacts: Facts = {
  total: '14060.41',
  currency: 'USD',
  lines: [
    {
      id: 1,
      description: '15-inch laptop',
      quantity: '4',
      unitPrice: '3500',
      total: '14000',
      supplier: 'Acme',
    },
    {
      id: 2,
      description: 'Imaging service',
      quantity: null,
      unitPrice: '60.41',
      total: '60.41',
      supplier: null,
    },
  ],
};

/** A requisition that waits for its first approver. */
export const sampleSheet: Sheet = {
  requisitionId: 5001,
  title: 'Laptops for new hires',
  status: 'pending_approval',
  justification: 'Four starters in April',
  submittedAt: '2026-03-02T08:15:03-08:00',
  needByDate: '2026-03-20T00:00:00-08:00',
  department: 'Engineering',
  costCentre: 'HQ-IT-Equipment, HQ-General',
  requester: { id: 101, name: 'Rhea Quester', address: 'rhea.quester@example.test' },
  createdBy: null,
  facts: sampleFacts,
  factsHash: 'h',
  updatedAt: null,
};

export const ada = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };
