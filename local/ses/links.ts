import { html } from 'hono/html';

/** The characters of RFC 3986, so that an address ends before `。` or `）`. It never ends with a sentence's mark. */
const address = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]*[\w\-~/#@$&*+=%]/g;

/** `text` as HTML in which every http(s) address is a link. */
export function linked(text: string) {
  const parts: unknown[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const [url] = match;
    parts.push(text.slice(end, match.index), html`<a href="${url}">${url}</a>`);
    end = match.index + url.length;
  }
  return html`${[...parts, text.slice(end)]}`;
}
