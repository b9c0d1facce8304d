/** What reminders count from. ISO 8601, UTC. */
export interface ReminderClock {
  /** When the first card went out. */
  readonly askedAt: string;
  /** When the last reminder was begun. */
  readonly remindedAt?: string;
}

/** What policy says about reminding now. */
export interface ReminderPlan {
  readonly due: boolean;
  /** When to look again for the next one (ISO 8601, UTC); null when there is none to come. */
  readonly nextAt: string | null;
}
