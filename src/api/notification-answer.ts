import type { DeliveryReport, NotificationResult } from '../contract/notification.ts';
import { ProblemError } from './problem-error.ts';

function peopleOf(reports: readonly DeliveryReport[]): number {
  return reports.reduce((sum, { recipients }) => sum + recipients, 0);
}

/** Why deliveries did not go out. Only messages of our own connectors are fit to tell: they hold nothing private. */
function reasonsOf(reports: readonly DeliveryReport[]): { words: string[]; problems: string[] } {
  const words = new Set<string>();
  const problems = new Set<string>();
  for (const { outcome } of reports) {
    if (outcome.kind === 'refused') outcome.words.forEach((word) => words.add(word));
    if (outcome.kind === 'failed' && outcome.problem.type === 'TerminalError') {
      problems.add(outcome.problem.message);
    }
  }
  return { words: [...words], problems: [...problems] };
}

/** Throws 502 unless Moveworks took every message, with how many went out and why the others did not. */
export function requireAllSent({ deliveries }: NotificationResult): void {
  const sent = peopleOf(deliveries.filter(({ outcome }) => outcome.kind === 'sent'));
  const of = peopleOf(deliveries);
  if (sent === of) return;
  const { words, problems } = reasonsOf(deliveries);
  const said = words.length === 0 ? [] : ['Moveworks says:', ...words];
  throw new ProblemError(
    'undeliverable',
    [`The message went out to ${sent} of ${of} people.`, ...said, ...problems].join(' '),
    { delivered: { sent, of }, ...(words.length === 0 ? {} : { words }) },
  );
}
