import { describe, expect, it } from 'vitest';
import { startTestServer } from '../connectors/http/test-server.ts';
import { concurAt, configWith, nowhere } from './test-config.ts';
import { createVendors } from './vendors.ts';

describe('SAP Concur among the vendors', () => {
  it('is reached with the company’s token, at its geolocation', async () => {
    const paths: unknown[] = [];
    const url = await startTestServer((request, response) => {
      paths.push([request.url, request.headers.authorization]);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(
          request.method === 'POST'
            ? {
                access_token: 'access',
                refresh_token: 'refresh',
                expires_in: '3600',
                geolocation: `http://${request.headers.host ?? ''}`,
              }
            : { purchaseRequestId: 'c-1', purchaseRequestQueueStatus: 'CREATED' },
        ),
      );
    });
    const { concur } = createVendors(configWith(concurAt(url)));
    expect(await concur?.getPurchaseRequest('c-1')).toMatchObject({ queueStatus: 'CREATED' });
    expect(paths).toEqual([
      ['/oauth2/v0/token', undefined],
      ['/purchaserequest/v4/purchaserequests/c-1?mode=COMPACT', 'Bearer access'],
    ]);
  });

  it('is asked nothing when the clients are made, and its token can be renewed', async () => {
    const { concurTokens } = createVendors(configWith(concurAt(nowhere)));
    // Without a token file there is nothing to renew.
    expect(await concurTokens?.renewIfDue()).toBe('not due');
  });

  it('has no client where it is not configured', () => {
    const vendors = createVendors(configWith());
    expect(vendors).not.toHaveProperty('concur');
    expect(vendors).not.toHaveProperty('concurTokens');
  });
});
