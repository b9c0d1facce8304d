import type { PageLinks } from '../pages/links.ts';
import { usualScopes } from './scopes.ts';

/** Where the sandbox tells of submitted documents, as a Coupa call-out does. */
export interface CallOut {
  url: string;
  /** Sent as `Authorization: Bearer <key>`. */
  key: string;
}

/** What Coupa answers to approve and reject: its documentation says both an approval and a requisition. */
type DecisionAnswer = 'approval' | 'requisition' | 'empty204';

export interface CoupaSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** 127.0.0.1 unless told. */
  host?: string;
  /** File that keeps the state over restarts; without one the state lives as long as the sandbox. */
  statePath?: string;
  clientId: string;
  clientSecret: string;
  callOut?: CallOut;
  /** What a sandbox without saved state begins with; 'empty' (people only) unless told. */
  seed?: 'demo' | 'empty';
  /** The scopes that the API client is granted; all that guides ask for unless told. */
  grantedScopes?: readonly string[];
  /** 86400 unless told. */
  tokenLifetimeS?: number;
  /** A token used earlier than this after minting is refused; 0 unless told. */
  settleMs?: number;
  /** 25 unless told, with a burst queue of 20; 0 lifts the limit. */
  requestsPerSecond?: number;
  /** Added to each answer of the API; 0 unless told. */
  latencyMs?: number;
  /** 'approval' unless told. */
  decisionAnswer?: DecisionAnswer;
  /** Where the chat page is, for the page's header; none is linked unless told. */
  chatUrl?: string;
  /** The same as an object that may be filled after the start; it stands above `chatUrl`. */
  links?: PageLinks;
}

/** What `PUT /sandbox/settings` may change while the sandbox runs. */
export interface CoupaSettings {
  decisionAnswer: DecisionAnswer;
  latencyMs: number;
  requestsPerSecond: number;
  callOut: CallOut | null;
  grantedScopes: readonly string[];
  tokenLifetimeS: number;
  settleMs: number;
  /** Lists show rows and their state as they were that long ago; single reads are never late. */
  listLagMs: number;
  /** Decisions are kept without their note. */
  dropNotes: boolean;
  /** Approval rows show no `updated-at`, and no filter on it finds them. */
  updatedAtNull: boolean;
}

/** The settings that a sandbox starts with. */
export function settingsOf(options: CoupaSandboxOptions): CoupaSettings {
  return {
    decisionAnswer: options.decisionAnswer ?? 'approval',
    latencyMs: options.latencyMs ?? 0,
    requestsPerSecond: options.requestsPerSecond ?? 25,
    callOut: options.callOut ?? null,
    grantedScopes: options.grantedScopes ?? usualScopes,
    tokenLifetimeS: options.tokenLifetimeS ?? 86_400,
    settleMs: options.settleMs ?? 0,
    listLagMs: 0,
    dropNotes: false,
    updatedAtNull: false,
  };
}

/** Where the other pages of the sandbox are, as far as the options say. */
export function linksOf(options: CoupaSandboxOptions): PageLinks {
  return options.links ?? (options.chatUrl === undefined ? {} : { chat: options.chatUrl });
}
