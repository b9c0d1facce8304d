/** A piece of a message: text (entities decoded), a line break, or a tag of the safe subset. */
export type MarkupToken =
  | { kind: 'text'; text: string }
  | { kind: 'newline' }
  | {
      kind: 'tag';
      name: 'b' | 'i' | 'br' | 'ul' | 'li' | 'a';
      closes: boolean;
      href?: string;
      source: string;
    };

const pieces = /<[^<>]*>|\r\n|\r|\n|[^<\r\n]+|</g;
const plainNames = ['b', 'i', 'ul', 'li'] as const;
const plainTag = /^<(\/?)(b|i|ul|li)\s*>$/i;
const lineBreak = /^<br\s*\/?>$/i;
const closingLink = /^<\/a\s*>$/i;
const openingLink = /^<a\s+href\s*=\s*(?:"([^"]*)"|'([^']*)')\s*>$/i;
const entity = /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Cuts a message into tokens. Whatever is not exactly a tag of the subset (with any attribute, say) is text. */
export function tokensOf(message: string): MarkupToken[] {
  return (message.match(pieces) ?? []).map(tokenOf);
}

function tokenOf(piece: string): MarkupToken {
  if (/^[\r\n]/.test(piece)) return { kind: 'newline' };
  if (!piece.startsWith('<')) return { kind: 'text', text: decodeEntities(piece) };
  if (lineBreak.test(piece)) return { kind: 'tag', name: 'br', closes: false, source: piece };
  const [, slash, written] = plainTag.exec(piece) ?? [];
  const name = plainNames.find((known) => known === written?.toLowerCase());
  if (name !== undefined) return { kind: 'tag', name, closes: slash === '/', source: piece };
  if (closingLink.test(piece)) return { kind: 'tag', name: 'a', closes: true, source: piece };
  const link = openingLink.exec(piece);
  const href = link === null ? undefined : webAddress(decodeEntities(link[1] ?? link[2] ?? ''));
  if (href !== undefined) return { kind: 'tag', name: 'a', closes: false, href, source: piece };
  return { kind: 'text', text: decodeEntities(piece) };
}

function decodeEntities(text: string): string {
  return text.replace(entity, (whole, name: string | undefined, decimal?: string, hex?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const isCharacter = code >= 0x20 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}

/** The address of a link that may be followed: absolute, http or https. */
function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}
