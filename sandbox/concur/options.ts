import type { PageLinks } from '../pages/links.ts';
import type { ConcurUser } from './users.ts';

/** A custom field of the form that is tied to a list: it takes the code of one of the list's items. */
export interface TiedField {
  on: 'header' | 'line';
  /** Such as `custom3`. */
  field: string;
  listId: string;
}

/** An exception as Concur shows it on a purchase request. */
export interface RequestException {
  eventCode?: string | undefined;
  exceptionCode?: string | undefined;
  isCleared?: boolean | undefined;
  message?: string | undefined;
}

/** An entry of `errors` in the answer to a refused create. */
export interface RequestError {
  errorCode: string;
  errorMessage: string;
  dataPath?: string | undefined;
}

export interface ConcurSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** 127.0.0.1 unless told. */
  host?: string;
  /** File that keeps the state over restarts; without one the state lives as long as the sandbox. */
  statePath?: string;
  clientId: string;
  clientSecret: string;
  companyUuid: string;
  /** What an administrator gets from the Company Request Token tool. */
  requestToken: string;
  /** Everybody in the world, with the password `sandbox`, unless told. */
  users?: readonly ConcurUser[];
  /** What a sandbox without saved state begins with; 'none' (no vendors, no lists) unless told. */
  seed?: 'demo' | 'none';
  /** An unknown code in one of these fields makes the background creation fail; those of the seed unless told. */
  tiedFields?: readonly TiedField[];
  /** Added to each answer of the API; 0 unless told. */
  latencyMs?: number;
  /** Where the sandbox's pages are, for the page's header. */
  links?: PageLinks;
}

/** What `PUT /sandbox/settings` may change while the sandbox runs. */
export interface ConcurSettings {
  latencyMs: number;
  /** Until an accepted request exists, or its creation has failed. */
  creationDelayMs: number;
  /** Until a created request leaves 'Submitted' for 'Pending Approval'. */
  routingDelayMs: number;
  /** Until an approved request has its purchase orders. */
  orderDelayMs: number;
  accessTokenLifeMs: number;
  refreshTokenLifeMs: number;
  /** `strict`: the old refresh token is dead at once; `keep`: it goes on beside the new one; `off`: it stays the same. */
  rotation: 'strict' | 'keep' | 'off';
  /** What tokens say where their owner lives, with a path as one of SAP's samples has; null: where we were asked. */
  geolocation: string | null;
  /** Password grants are sent there, with code 16. */
  livesAt: string | null;
  /** Every token request is answered with code 134. */
  maintenance: boolean;
  /** A request token is good for 24 hours. */
  requestTokenExpired: boolean;
  allowedGrants: readonly string[];
  grantedScopes: readonly string[];
  /** So many first reads of a request find nothing. */
  earlyNotFoundReads: number;
  /** A create is answered with these errors, whatever it asks for. */
  refuseCreate: readonly RequestError[] | null;
  /** The name around a create's errors: SAP's page says `errors`, its swagger file `error`. */
  errorWrapper: 'errors' | 'error';
  /** The background creation of what comes next fails with these exceptions. */
  failCreation: readonly RequestException[] | null;
  /** The name around the vendors: the schema has both. */
  vendorWrapper: 'Items' | 'Vendor';
}

/** What an integration with purchase requests asks for: the two of its API, and those of the APIs that it looks codes up in. */
const usualScopes = [
  'purchaserequest.write',
  'purchaserequest.read',
  'INVVEN',
  'INVPO',
  'spend.list.read',
  'spend.listitem.read',
];

const dayMs = 86_400_000;

/** The settings that a sandbox starts with. */
export function settingsOf(options: ConcurSandboxOptions): ConcurSettings {
  return {
    latencyMs: options.latencyMs ?? 0,
    creationDelayMs: 1500,
    routingDelayMs: 500,
    orderDelayMs: 1500,
    accessTokenLifeMs: 3_600_000,
    refreshTokenLifeMs: 180 * dayMs,
    rotation: 'strict',
    geolocation: null,
    livesAt: null,
    maintenance: false,
    requestTokenExpired: false,
    allowedGrants: ['password', 'refresh_token'],
    grantedScopes: usualScopes,
    earlyNotFoundReads: 0,
    refuseCreate: null,
    errorWrapper: 'errors',
    failCreation: null,
    vendorWrapper: 'Items',
  };
}
