import { type MarkupToken, tokensOf } from './markup-tokens.ts';

type Tag = Extract<MarkupToken, { kind: 'tag' }>;

/** A browser stops nesting at a few hundred; no message needs more than a few. */
const MOST_NESTED = 16;

/**
 * A message in Moveworks' markup as HTML. Out come `<b> <i> <br> <ul> <li>` without attributes, `<a>` with one
 * `href` to an http or https address, well nested, and text; everything else in the message is escaped, so it is
 * shown as it was written. A new line is a break; `- ` stays text.
 */
export function renderMarkup(message: string): string {
  const writer = new Writer();
  for (const token of tokensOf(message)) {
    if (token.kind === 'text') writer.text(token.text);
    else if (token.kind === 'newline') writer.newline();
    else if (token.closes) writer.close(token);
    else writer.open(token);
  }
  return writer.end();
}

/** The message as plain lines, for what is read out or searched. */
export function plainText(message: string): string {
  return tokensOf(message)
    .map((token) => {
      if (token.kind === 'text') return token.text;
      if (token.kind === 'newline') return '\n';
      return token.name === 'br' || token.name === 'li' || token.name === 'ul' ? '\n' : '';
    })
    .join('');
}

/** Writes tags so that they always nest: closes what is left open, and takes what fits nowhere for text. */
class Writer {
  #html = '';
  #open: Tag['name'][] = [];

  text(text: string): void {
    if (this.#open.at(-1) === 'ul') {
      if (text.trim() === '') return;
      // Only items may stand in a list.
      this.#push('li', '<li>');
    }
    this.#html += escapeHtml(text);
  }

  newline(): void {
    // Between the tags of a list a new line is layout, not a break.
    if (this.#open.at(-1) !== 'ul' && !this.#html.endsWith('</ul>')) this.#html += '<br>';
  }

  open(tag: Tag): void {
    const { name } = tag;
    if (name === 'br') {
      this.newline();
      return;
    }
    if (name === 'li') {
      if (!this.#open.includes('ul')) {
        this.text(tag.source);
        return;
      }
      if (this.#open.lastIndexOf('li') > this.#open.lastIndexOf('ul')) this.#closeTo('li');
      else this.#closeInside('ul');
    }
    const isLinkInLink = name === 'a' && this.#open.includes('a');
    if (isLinkInLink || this.#open.length >= MOST_NESTED) {
      this.text(tag.source);
      return;
    }
    if (name !== 'li' && this.#open.at(-1) === 'ul') this.#push('li', '<li>');
    this.#push(name, tag.href === undefined ? `<${name}>` : `<a href="${escapeHtml(tag.href)}">`);
  }

  close(tag: Tag): void {
    if (this.#open.includes(tag.name)) this.#closeTo(tag.name);
    else this.text(tag.source);
  }

  end(): string {
    while (this.#open.length > 0) this.#pop();
    return this.#html;
  }

  #closeTo(name: Tag['name']): void {
    this.#closeInside(name);
    this.#pop();
  }

  #closeInside(name: Tag['name']): void {
    while (this.#open.length > 0 && this.#open.at(-1) !== name) this.#pop();
  }

  #push(name: Tag['name'], html: string): void {
    this.#open.push(name);
    this.#html += html;
  }

  #pop(): void {
    this.#html += `</${this.#open.pop() ?? ''}>`;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
