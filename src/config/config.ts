import type { CardField } from '../contract/card-fields.ts';
import type { Action } from '../contract/decision.ts';
import type { Mode } from '../contract/mode.ts';
import type { Secret } from '../contract/secret.ts';

/** What a card may carry besides its text; `approval_id` is always among them. */
export type MoveworksSlot = 'approval_id' | 'requisition_id' | 'approver_email';

/** Pino's levels, the quietest last. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** How to reach Coupa. `baseUrl` ends without a slash and may carry a path. */
export interface CoupaConfig {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly scopes: readonly string[];
  /** Wanted for a feature that does without them where the OAuth client lacks them. */
  readonly optionalScopes?: readonly string[];
  readonly tokenPath: string;
  readonly requestsPerSecond: number;
  /** Login of the user that Coupa records for what the OAuth client does; absent: learned from its first decision. */
  readonly apiLogin?: string;
}

/** The credential of the Events API: a key, or an OAuth client whose tokens live for 60 seconds. */
export type MoveworksAuth =
  | { readonly kind: 'apiKey'; readonly apiKey: Secret }
  | { readonly kind: 'oauth'; readonly clientId: string; readonly clientSecret: Secret };

/** How to reach Moveworks. Cards use `eventId`, notices `noticeEventId`: buttons belong to the event. */
export interface MoveworksConfig {
  readonly baseUrl: string;
  readonly eventId: string;
  readonly noticeEventId?: string;
  readonly auth: MoveworksAuth;
  readonly requestsPerMinute: number;
  readonly slots: readonly MoveworksSlot[];
}

/** A custom field whose values are codes of a list's items. */
export interface ListField {
  readonly on: 'header' | 'line';
  /** Such as `custom3`. */
  readonly field: string;
  readonly listId: string;
}

/** Which requisitions become purchase requests; names in lower case, an empty list excludes nothing. */
export interface HandOffRule {
  /** `YYYY-MM-DD`, UTC: what was submitted before is left alone. */
  readonly since: string;
  readonly suppliers: readonly string[];
  readonly commodities: readonly string[];
  /** ISO codes. */
  readonly currencies: readonly string[];
  /** Decimal strings, inclusive. */
  readonly atLeast?: string;
  readonly atMost?: string;
}

/** How to reach SAP Concur, with the company's token. */
export interface ConcurConfig {
  /** Where the first token comes from, without a path; everything else goes to the token's geolocation. */
  readonly authUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly companyUuid: string;
  /** For the first exchange alone. */
  readonly requestToken?: Secret;
  readonly tokenFile: string;
  readonly requestsPerMinute: number;
  readonly followForMs: number;
  readonly uomField: 'uomCode' | 'uoMCode';
  readonly listFields: readonly ListField[];
  readonly handOff?: { readonly when: HandOffRule; readonly mappingFile: string };
}

/** A caller's key: the name goes into the audit trail, the secret comes with each request. */
export interface ApiKey {
  readonly name: string;
  readonly secret: Secret;
}

/** Where the API listens and who may call it. `portGiven`: the port was asked for, so no other one will do. */
interface ApiConfig {
  readonly host: string;
  readonly port: number;
  readonly portGiven: boolean;
  readonly keys: readonly ApiKey[];
  readonly publicUrl?: string;
  /** How many proxies in front are believed about the caller's address; 0 believes none. */
  readonly trustProxy: number;
}

/** A part of the week in which no reminder is sent: local minutes since Monday 00:00, the end not included. */
export interface QuietSpan {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Who is asked, who is reminded, who is told, and how a message reads. */
interface PolicyConfig {
  /** `notify`: cards go out, decisions are not taken; `shadow`: nothing is sent and nothing is written. */
  readonly mode: Mode;
  readonly allowSelfApproval: boolean;
  /** Of a group, at most so many members are asked by message. */
  readonly groupAskMax: number;
  /** Rows of groups are listed, and nobody is messaged about them. */
  readonly skipGroups: boolean;
  readonly rejectReason: 'optional' | 'required';
  readonly notifyRequester: 'rejections' | 'all' | 'none';
  /** Addresses in lower case; absent means everyone. */
  readonly pilot?: readonly string[];
  readonly askMaxAgeMs: number;
  /** Counted from the first card, ascending; empty switches reminders off. */
  readonly remindAfterMs: readonly number[];
  /** Again and again after the last of `remindAfterMs`; absent: no more after it. */
  readonly remindEveryMs?: number;
  /** Ascending and apart from one another, in `timeZone`; empty: reminders at any time. */
  readonly quietHours: readonly QuietSpan[];
  /** In the order to show. */
  readonly cardFields: readonly CardField[];
  readonly cardActions: readonly Action[];
  readonly timeZone: string;
  readonly locale: string;
}

/**
 * The whole configuration. In mode `real` both vendors are present and `api.keys` and `references.secrets` are not
 * empty; in mode `sandbox` both vendors are absent and the two lists may be empty.
 */
export interface Config {
  readonly mode: 'sandbox' | 'real';
  readonly coupa?: CoupaConfig;
  readonly moveworks?: MoveworksConfig;
  /** Absent: there is no SAP Concur. Never there without the other two. */
  readonly concur?: ConcurConfig;
  readonly api: ApiConfig;
  /** The first secret signs, all of them verify. */
  readonly references: { readonly secrets: readonly Secret[] };
  readonly policy: PolicyConfig;
  readonly poll: { readonly intervalMs: number };
  /**
   * `external`: an address, a profile or a configuration file was given; otherwise the embedded server is used.
   * `namespace` is `TEMPORAL_NAMESPACE` or `default`; a profile's own namespace is known only to envconfig.
   */
  readonly temporal: { readonly external: boolean; readonly namespace: string };
  readonly logLevel: LogLevel;
  readonly home: string;
}

/** One thing wrong with one variable, and what its value should look like. Never holds a value (P9). */
export interface ConfigProblem {
  readonly name: string;
  readonly message: string;
}

/** Either a configuration or every problem at once; warnings come with both. */
export type LoadedConfig =
  | { readonly ok: true; readonly config: Config; readonly warnings: string[] }
  | { readonly ok: false; readonly problems: ConfigProblem[]; readonly warnings: string[] };
