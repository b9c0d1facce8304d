import type { Person } from '../contract/person.ts';
import { escapeWithin } from './escape.ts';

const nameLength = 60;

/** How a message begins: by first name, escaped. */
export function greeting(to: Person): string {
  return `Hi ${escapeWithin(to.name.trim().split(/\s+/)[0] ?? to.name, nameLength)},`;
}
