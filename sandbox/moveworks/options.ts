/** A follow-up action of an event: a button, and the HTTP call that it makes. `{{slot}}` stands for a slot's value. */
interface FollowUpAction {
  label: string;
  method: string;
  path: string;
  body?: Record<string, string>;
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
}

/** What `PUT /sandbox/settings` may change while the sandbox runs. */
export interface MoveworksSettings {
  requestsPerMinute: number;
  latencyMs: number;
}
