import type { PageLinks } from '../pages/links.ts';

/**
 * A follow-up action of an event: a button, and the HTTP call that it makes. In path, query and body `{{slot}}`
 * stands for a slot's value, `{{reason}}` for the person's reason, `{{meta_info.user.email_addr}}` for who pressed.
 */
export interface FollowUpAction {
  /** The button's text; names the action within its event. */
  label: string;
  method: string;
  path: string;
  query?: Record<string, string>;
  body?: Record<string, string>;
  /** Whether the assistant asks for a reason before it calls. */
  asksReason?: boolean;
}

/** The connector behind the buttons: where the follow-up actions call, and with which credential. */
export interface Connector {
  /** Base address of the middleware; may carry a path. */
  url: string;
  /** Sent as `Authorization: Bearer <key>`. */
  key: string;
  /** How long one call may take; 16 s, Creator Studio's limit, unless told. */
  timeoutMs?: number;
}

/** An event of the Events Workspace: what messages may be sent for. */
export interface MoveworksEvent {
  /** A UUID. */
  id: string;
  kind: 'decision' | 'notice';
  /** The slot keys that a message of this event may carry. */
  slots: string[];
  /** The buttons belong to the event, not to the message. */
  actions?: FollowUpAction[];
}

export interface MoveworksSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** 127.0.0.1 unless told. */
  host?: string;
  /** File that keeps messages over restarts; without one they live as long as the sandbox. */
  statePath?: string;
  apiKey: string;
  /** With a client the token route answers too. */
  clientId?: string;
  clientSecret?: string;
  events: MoveworksEvent[];
  /** Addresses that exist and are in every event's launch audience; everybody in the world unless told. */
  users?: string[];
  /** 120 for the whole organisation unless told; 0 lifts the limit. */
  requestsPerMinute?: number;
  /** What a press on the chat page calls; without one it is told that no connector is configured. */
  api?: Connector;
  /** Where the sandbox's pages are, for the chat page's header. */
  links?: PageLinks;
}

/** What `PUT /sandbox/settings` may change while the sandbox runs. */
export interface MoveworksSettings {
  requestsPerMinute: number;
  latencyMs: number;
}
