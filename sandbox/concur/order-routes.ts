import { Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { needs } from './access.ts';
import { sumOf } from './amounts.ts';
import { platformError } from './concur-problem.ts';
import type { Entity } from './entity.ts';

/** `GET /api/v3.0/invoice/purchaseorders/{id}`: an order by its number, all texts, under names in PascalCase. */
export function orderRoutes(entity: Entity): Hono<SandboxEnv> {
  const { store } = entity;
  const app = new Hono<SandboxEnv>();
  app.get('/:id', needs(entity, 'INVPO'), (c) => {
    const order = store.orders.get(c.req.param('id'));
    const request = store.requests.get(order?.requestId ?? '');
    if (order === undefined || request === undefined) {
      throw platformError(404, 'The purchase order was not found');
    }
    const { number, vendorCode, vendorAddressCode, orderedAt } = order;
    const lines = request.lines.filter(
      (line) => line.vendorCode === vendorCode && line.vendorAddressCode === vendorAddressCode,
    );
    return c.json({
      ID: number,
      URI: `${new URL(c.req.url).origin}/api/v3.0/invoice/purchaseorders/${number}`,
      PurchaseOrderNumber: number,
      PurchaseRequestNumber: request.number,
      Status: 'Transmitted',
      CurrencyCode: request.currency,
      OrderDate: orderedAt.slice(0, 10),
      VendorCode: vendorCode,
      VendorAddressCode: vendorAddressCode,
      Shipping: sumOf(lines, 'shipping'),
      Tax: sumOf(lines, 'tax'),
      LineItem: lines.map(({ description, quantity, unitPrice }, index) => ({
        ExternalID: `${number}-${index + 1}`,
        LineNumber: String(index + 1),
        Description: description,
        Quantity: quantity,
        UnitPrice: unitPrice,
      })),
    });
  });
  return app;
}
