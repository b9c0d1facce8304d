import { writeFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import type { ConcurConfig } from '../config/config.ts';
import { activityQueues } from './activities.ts';
import { concurAt, configWith, nowhere } from './test-config.ts';
import { createVendors, type ConnectedConfig } from './vendors.ts';

/** The task queues of a worker with this configuration, and the names of their activities. */
function queuesOf(config: ConnectedConfig) {
  const client = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
  const queues = activityQueues(config, createVendors(config), client);
  return new Map(
    queues.map((queue) => [queue.taskQueue, { ...queue, activities: Object.keys(queue.activities) }]),
  );
}

const mapping = {
  suppliers: { Acme: { vendorCode: 'V-1', vendorAddressCode: 'V-1-01' } },
  commodities: { Laptops: { purchaseType: 'GOODS' } },
};

/** With the hand-over on; `file`: what the mapping file says. */
function handingOff(file: unknown): ConcurConfig {
  const concur = concurAt(nowhere);
  const mappingFile = `${concur.tokenFile}.mapping.json`;
  writeFileSync(mappingFile, JSON.stringify(file));
  const when = { since: '2026-01-31', suppliers: [], commodities: [], currencies: [] };
  return { ...concur, handOff: { when, mappingFile } };
}

describe('the task queue of SAP Concur', () => {
  it('has few slots, which share what the limit lets through', () => {
    const queue = queuesOf(configWith(concurAt(nowhere))).get('concur');
    expect(queue).toMatchObject({ slots: 10 });
    expect(queue?.maxPerSecond).toBeLessThanOrEqual(10);
    expect(queue?.activities.toSorted()).toEqual([
      'checkCodes',
      'createPurchaseRequest',
      'readOrders',
      'readPurchaseRequest',
    ]);
  });

  it('is not there where Concur is not configured', () => {
    expect([...queuesOf(configWith()).keys()]).toEqual([
      'coupa-decide',
      'coupa-read',
      'coupa-poll',
      'moveworks',
    ]);
  });
});

describe('the hand-over to SAP Concur', () => {
  const names = ['prepareHandOff', 'linkRequisition'];

  it('is work of the queue coupa-read', () => {
    const queues = queuesOf(configWith(handingOff(mapping)));
    expect(queues.get('coupa-read')?.activities).toEqual(expect.arrayContaining(names));
  });

  it('is off unless it is configured', () => {
    const activities = queuesOf(configWith(concurAt(nowhere))).get('coupa-read')?.activities ?? [];
    expect(activities).toContain('handOver');
    expect(activities.filter((name) => names.includes(name))).toEqual([]);
  });

  it('lets no worker start with a mapping file that cannot be used', () => {
    expect(() => queuesOf(configWith(handingOff({ ...mapping, supplier: {} })))).toThrow('mapping file');
  });
});
