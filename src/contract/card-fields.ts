/** What a card can show, by the names that configuration uses. The order of the configuration is the card's. */
export const cardFields = [
  'name',
  'quantity',
  'created-by',
  'amount',
  'last-comment',
  'approval-status',
  'requisition-id',
  'submit-date',
  'lines',
  'justification',
  'need-by-date',
  'current-approver',
  'supplier',
  'cost-centre',
  'link',
] as const;
export type CardField = (typeof cardFields)[number];

/** The fields of the card in the public Moveworks guide for Coupa approvals. */
export const guideCardFields: readonly CardField[] = cardFields.slice(0, 7);
