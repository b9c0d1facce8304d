import { expect, test } from 'vitest';
import { readEnvironment } from './environment.ts';

const needed = {
  SANDBOX_COUPA_CLIENT_ID: 'client',
  SANDBOX_COUPA_CLIENT_SECRET: 'secret',
  SANDBOX_MOVEWORKS_API_KEY: 'key',
  SANDBOX_MOVEWORKS_EVENT_ID: '11111111-1111-4111-8111-111111111111',
  SANDBOX_MOVEWORKS_NOTICE_EVENT_ID: '22222222-2222-4222-8222-222222222222',
  SANDBOX_CONCUR_CLIENT_ID: 'concur-client',
  SANDBOX_CONCUR_CLIENT_SECRET: 'concur-secret',
  SANDBOX_CONCUR_COMPANY_UUID: '33333333-3333-4333-8333-333333333333',
  SANDBOX_CONCUR_REQUEST_TOKEN: 'concur-token',
};
const labelsAndPaths = (variables: Record<string, string>) =>
  readEnvironment({ ...needed, ...variables }).moveworks.events[0]?.actions?.map(({ label, path }) => [
    label,
    path,
  ]);

test("builds the guide's event unless told", () => {
  const guide = [
    ['Approve', '/approvals/{{approval_id}}/approve'],
    ['Send Back', '/approvals/{{approval_id}}/reject'],
  ];
  expect(labelsAndPaths({})).toEqual(guide);
  expect(labelsAndPaths({ SANDBOX_MOVEWORKS_ACTIONS: 'guide' })).toEqual(guide);
});

test('builds the event with one action for both buttons when told', () => {
  expect(labelsAndPaths({ SANDBOX_MOVEWORKS_ACTIONS: 'decision' })).toEqual([
    ['Approve', '/approvals/{{approval_id}}/decision'],
    ['Send Back', '/approvals/{{approval_id}}/decision'],
  ]);
  expect(() => labelsAndPaths({ SANDBOX_MOVEWORKS_ACTIONS: 'other' })).toThrow('SANDBOX_MOVEWORKS_ACTIONS');
});

test('configures the connector and the links when they are told', () => {
  expect(readEnvironment(needed).moveworks.api).toBeUndefined();
  const told = {
    SANDBOX_API_URL: 'http://127.0.0.1:3000',
    SANDBOX_API_KEY: 'k',
    SANDBOX_COUPA_URL: 'https://c.test',
    SANDBOX_CONCUR_URL: 'https://con.test',
  };
  const { moveworks, links } = readEnvironment({ ...needed, ...told });
  expect(moveworks.api).toEqual({ url: 'http://127.0.0.1:3000', key: 'k' });
  expect(links).toEqual({ coupa: 'https://c.test', concur: 'https://con.test' });
  expect(() => readEnvironment({ ...needed, SANDBOX_API_URL: 'javascript:x' })).toThrow('SANDBOX_API_URL');
});

test('gives the simulated Concur its credentials, its port and its state file', () => {
  const told = { SANDBOX_CONCUR_PORT: '4030', SANDBOX_STATE_DIR: '/state' };
  expect(readEnvironment({ ...needed, ...told }).concur).toMatchObject({
    port: 4030,
    clientId: 'concur-client',
    clientSecret: 'concur-secret',
    companyUuid: '33333333-3333-4333-8333-333333333333',
    requestToken: 'concur-token',
    statePath: '/state/concur.json',
    seed: 'demo',
  });
});
