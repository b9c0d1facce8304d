import type { Variable } from './variable.ts';

/** The part of the table that says how to reach SAP Concur, and what becomes a purchase request there. */
export const concurVariables = {
  CONCUR_AUTH_URL: {
    part: 'Concur',
    kind: 'concurUrl',
    default: 'https://glz.api.concursolutions.com',
    says: "Where SAP Concur issues tokens: SAP's global landing zone.",
  },
  CONCUR_CLIENT_ID: {
    part: 'Concur',
    kind: 'clientId',
    says: "The application's id in SAP Concur; without id, secret and company UUID Concur is off.",
  },
  CONCUR_CLIENT_SECRET: { part: 'Concur', kind: 'secret', says: "The application's secret." },
  CONCUR_COMPANY_UUID: {
    part: 'Concur',
    kind: 'uuid',
    says: "The company's UUID, shown where its request token is made.",
  },
  CONCUR_COMPANY_REQUEST_TOKEN: {
    part: 'Concur',
    kind: 'secret',
    says: "The company's request token, for the first exchange alone; it is good for 24 hours.",
  },
  CONCUR_TOKEN_FILE: {
    part: 'Concur',
    kind: 'text',
    says: 'Where the refresh token is kept (mode 0600); concur-token.json under COUNTERSIGN_HOME when left out.',
  },
  CONCUR_REQUESTS_PER_MINUTE: {
    part: 'Concur',
    kind: 'perMinute',
    default: '60',
    says: 'The most requests sent to SAP Concur in a minute; SAP documents no limit for purchase requests.',
  },
  CONCUR_FOLLOW_FOR: {
    part: 'Concur',
    kind: 'age',
    default: '90d',
    says: 'How long a purchase request is followed until it has a purchase order; then a human is asked.',
  },
  CONCUR_UOM_FIELD: {
    part: 'Concur',
    kind: 'uomField',
    default: 'uomCode',
    says: "The unit's field as your tenant takes it: uomCode or uoMCode, since SAP's page has both.",
  },
  CONCUR_LIST_FIELDS: {
    part: 'Concur',
    kind: 'listFields',
    says: 'Custom fields whose codes are looked up first: custom1=<list id>, line.custom3=<list id>.',
  },
  CONCUR_HANDOFF_WHEN: {
    part: 'Concur',
    kind: 'handOffRule',
    says: 'Approved Coupa requisitions that become purchase requests: since=2026-01-31; supplier=Acme|Dell; ... Off when left out.',
  },
  CONCUR_MAPPING_FILE: {
    part: 'Concur',
    kind: 'text',
    default: 'concur-mapping.json',
    says: 'How a requisition becomes a purchase request: suppliers, commodities and fixed fields; read for a hand-off.',
  },
} as const satisfies Readonly<Record<string, Variable>>;
