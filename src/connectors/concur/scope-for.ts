/** The scopes by route, as SAP's pages of the APIs name them. */
const scopes: Readonly<Record<string, string>> = {
  'POST /purchaserequest/v4/purchaserequests': 'purchaserequest.write',
  'GET /purchaserequest/v4/purchaserequests/:id': 'purchaserequest.read',
  'GET /api/v3.1/invoice/vendors': 'INVVEN',
  'GET /list/v4/lists': 'spend.list.read',
  'GET /list/v4/lists/:id/children': 'spend.listitem.read',
  'GET /api/v3.0/invoice/purchaseorders/:number': 'INVPO',
};

/** The scope that a call needs, by its route's pattern; undefined for a route that is not ours. */
export function scopeFor(operation: string): string | undefined {
  return scopes[operation];
}
