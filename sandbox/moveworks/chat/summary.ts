import { plainText } from './markup.ts';

export interface Summary {
  /** What the card is about, in a few words; names the requisition when the message does. */
  text: string;
  /** The requisition's id as the message writes it. */
  requisitionId?: string;
}

const mostCharacters = 120;

/** What a card is about, from the labelled lines that the approvals guide's message has. */
export function summaryOf(message: string): Summary {
  const lines = plainText(message).split('\n');
  const name = labelled(lines, 'Name');
  const requisitionId = labelled(lines, 'Requisition ID');
  const parts = [
    ...(name === undefined ? [] : [name]),
    ...(requisitionId === undefined ? [] : [`requisition ${requisitionId}`]),
  ];
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  const text = Array.from(parts.length > 0 ? parts.join(', ') : first);
  const short =
    text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1).join('')}…` : text.join('');
  return { text: short, ...(requisitionId === undefined ? {} : { requisitionId }) };
}

function labelled(lines: readonly string[], label: string): string | undefined {
  const start = `- ${label}:`;
  const value = lines
    .find((line) => line.startsWith(start))
    ?.slice(start.length)
    .trim();
  return value === '' ? undefined : value;
}
