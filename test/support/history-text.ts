/** Everything that Temporal answered as one text, payloads decoded: to look for what must not be in it. */
export function plainText(answer: unknown): string {
  if (answer instanceof Uint8Array) return Buffer.from(answer).toString();
  if (typeof answer === 'object' && answer !== null) return Object.values(answer).map(plainText).join('\n');
  return String(answer);
}
