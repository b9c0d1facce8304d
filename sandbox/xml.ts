/**
 * A JSON answer as XML. Coupa answers XML whenever `Accept` does not ask for JSON; an empty list is then a 404
 * with "No results". The shape is enough to be recognised, not to be read back.
 */
export async function xmlAnswer(answer: Response): Promise<Response> {
  if (!(answer.headers.get('Content-Type') ?? '').includes('json')) return answer;
  const text = await answer.text();
  const body: unknown = JSON.parse(text);
  const headers = { 'Content-Type': 'application/xml; charset=utf-8' };
  const document = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${content}\n`;
  if (Array.isArray(body) && body.length === 0) {
    return new Response(document(errorsXml(['No results'])), { status: 404, headers });
  }
  const content =
    answer.status >= 400
      ? errorsXml(textsIn(body))
      : element(Array.isArray(body) ? 'objects' : 'object', body);
  return new Response(document(content), { status: answer.status, headers });
}

function errorsXml(messages: readonly string[]): string {
  return `<errors>${messages.map((message) => element('error', message)).join('')}</errors>`;
}

/** Every text in an error body, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return `<${name} nil="true"/>`;
  if (Array.isArray(value)) {
    return `<${name} type="array">${value.map((item) => element('object', item)).join('')}</${name}>`;
  }
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => element(key, member));
    return `<${name}>${members.join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(typeof value === 'string' ? value : JSON.stringify(value))}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
