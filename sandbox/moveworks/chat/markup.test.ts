import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText, renderMarkup } from './markup.ts';

test.each([
  ['keeps bold and italics', '<b>Pending</b> <I>now</I>', '<b>Pending</b> <i>now</i>'],
  ['breaks lines at every kind of new line', 'a\nb\r\nc\rd<br>e<BR/>f', 'a<br>b<br>c<br>d<br>e<br>f'],
  ['leaves pseudo bullets text', '- <i>Name</i>: Desk\n- two', '- <i>Name</i>: Desk<br>- two'],
  ['keeps lists', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nafter', '<ul><li>a</li><li>b</li></ul>after'],
  [
    'keeps links to the web',
    '<a href="https://x.test/?a=1&amp;b=2">x</a>',
    '<a href="https://x.test/?a=1&amp;b=2">x</a>',
  ],
  ['closes what is left open', '<b>a<i>b', '<b>a<i>b</i></b>'],
  ['takes crossed tags apart', '<b><i>a</b>b</i>', '<b><i>a</i></b>b&lt;/i&gt;'],
  [
    'puts what stands loose in a list into items',
    '<ul>a<li>b<b>c</ul>',
    '<ul><li>a</li><li>b<b>c</b></li></ul>',
  ],
  ['shows an item without a list as text', '<li>a', '&lt;li&gt;a'],
  [
    'decodes entities once',
    '&lt;b&gt; &amp;lt; &#x1F4CB; &#39; &copy;',
    '&lt;b&gt; &amp;lt; 📋 &#39; &amp;copy;',
  ],
  [
    'keeps a link out of a link',
    '<a href="http://a.test"><a href="http://b.test">',
    '<a href="http://a.test/">&lt;a href=&quot;http://b.test&quot;&gt;</a>',
  ],
])('%s', (_, message, html) => {
  expect(renderMarkup(message)).toBe(html);
});

test.each([
  '<script>alert(1)</script>',
  '<b onclick="x()">',
  '<a href="javascript:alert(1)">',
  '<a href="&#106;avascript:alert(1)">',
  '<a href="//x.test">',
  '<a href=https://x.test>',
  '<a href="https://x.test" target="_blank">',
  '<img src=x onerror=y>',
  '<!-- <b> -->',
  '<b',
])('shows %s as text', (message) => {
  expect(renderMarkup(message)).not.toMatch(/<(?!\/?b>)/);
  expect(renderMarkup(message)).toContain('&lt;');
});

const fragments = fc.oneof(
  fc.constantFrom(
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<ul>',
    '</ul>',
    '<li>',
    '</li>',
    '<br>',
    '</br>',
    '<br/>',
    '\n',
  ),
  fc.constantFrom(
    '<a href="https://x.test/">',
    "<a href='http://y.test/?q=\"'>",
    '</a>',
    '<a href="data:,x">',
    '<a>',
  ),
  fc.constantFrom(
    '<script>',
    '</script>',
    '<b style="x">',
    '<img src="x">',
    '"',
    "'",
    '<',
    '>',
    '&',
    '&lt;',
    '&#60;',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const anyMessage = fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join(''));
const allowedTag = /<\/?(?:b|i|ul|li)>|<br>|<\/a>|<a href="https?:\/\/[^"<>]*">/g;

test('lets no other tag and no other attribute out, whatever comes in', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const rest = renderMarkup(message).replaceAll(allowedTag, '');
      expect(rest).not.toMatch(/[<>"']/);
      expect(rest).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
    { numRuns: 1000 },
  );
});

test('nests every tag it writes, with nothing but items in a list', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const open: string[] = [];
      for (const [tag] of renderMarkup(message).matchAll(allowedTag)) {
        if (tag === '<br>') expect(open.at(-1)).not.toBe('ul');
        else if (tag.startsWith('</')) expect(`</${open.pop() ?? 'nothing'}>`).toBe(tag);
        else {
          const name = /^<(\w+)/.exec(tag)?.[1] ?? '';
          expect(name === 'li').toBe(open.at(-1) === 'ul');
          open.push(name);
        }
      }
      expect(open).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('gives plain lines without the tags', () => {
  expect(plainText('<b>A</b>\n- <i>Name</i>: x &amp; y<ul><li>z</li></ul>').split('\n')).toContain(
    '- Name: x & y',
  );
});
