/** Text for an SVG, safe inside elements and attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** One element; numbers are rounded to a tenth of a pixel, so that two equal charts are equal files. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = '',
): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => {
      const text = typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
      return ` ${key}="${escapeXml(text)}"`;
    })
    .join('');
  return content === '' ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

const style = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 15px }
  .faint { fill: #57606a; font-size: 12px }
  .grid { stroke: #d0d7de }
  .target { stroke: #cf222e; stroke-dasharray: 5 4 }
  .target-text { fill: #cf222e; font-size: 12px }
`;

/** A whole drawing on a white card, readable on any page; `title` is what a screen reader says. */
export function drawing(size: { width: number; height: number }, title: string, content: string): string {
  const { width, height } = size;
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': title,
  };
  const card = element('rect', { width, height, rx: 8, fill: '#ffffff', stroke: '#d0d7de' });
  const heading = element('text', { x: 20, y: 28, class: 'title' }, escapeXml(title));
  return `${element('svg', attributes, `<style>${style}</style>${card}${heading}${content}`)}\n`;
}

/** Round numbers from 0 to at least `highest`, about five of them. */
export function ticksUpTo(highest: number): number[] {
  const rough = highest / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10);
  const count = Math.ceil(highest / step - 1e-9);
  return Array.from({ length: Math.max(1, count) + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

const colours = ['#0969da', '#8250df', '#1a7f37', '#bf8700', '#57606a'] as const;

export function colourOf(index: number): string {
  return colours[index % colours.length] ?? colours[0];
}
