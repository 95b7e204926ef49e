import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { putKey } from '../harness/relay/keys.ts';
import { listenAt } from '../harness/http/listen.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { relayed, relayToken } from '../harness/relay/relay.ts';

/** A service whose keys may be any text, and such a key. */
const key = '/q+7"Zk\\e4&s<9>T=\'m2/Vb+x8w6y0u1';
const { stack, admin } = useAdmin('plain', { fresh: true });
let who: SignedIn;
beforeAll(async () => {
  who = await mailedGuest(stack(), admin);
});

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const unicode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const entity = (character: string) => `&#${character.charCodeAt(0)};`;
const forHtml = inJson(key).replaceAll(/[<>&'+=]/g, unicode);

test.each([
  ['as it is', key],
  ['JSON', inJson(key)],
  ['JSON with each slash escaped', inJson(key).replaceAll('/', '\\/')],
  ['JSON that is safe in HTML', forHtml],
  ['the same in capitals', forHtml.replaceAll(/\\u00../g, (one) => `\\u${one.slice(2).toUpperCase()}`)],
  ['JSON in JSON', inJson(inJson(key).replaceAll('/', '\\/'))],
  ['JSON that is safe in HTML, in JSON', inJson(forHtml)],
  ['an address', encodeURIComponent(key)],
  [
    'HTML',
    key
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  ],
  ['HTML in numbers', key.replaceAll(/[^\w]/g, entity)],
])(
  'C58 C54: a key that the provider repeats as %s is told to nobody, in headers and bodies',
  async (_, spelled) => {
    const message = (text: string) => `{"error":{"message":"Incorrect API key provided: ${text}. \\/"}}`;
    const text = message(spelled);
    const cut = text.indexOf(spelled) + Math.floor(spelled.length / 2);
    const baseUrl = await listenAt((_request, response) => {
      response.writeHead(401, { 'content-type': 'text/plain', 'x-request-id': `<${spelled}>` });
      response.write(text.slice(0, cut));
      setImmediate(() => response.end(text.slice(cut)));
    });
    stack().deploy(servicesWith({ other: { title: 'Other', baseUrl, check: null } }));
    expect((await putKey(stack(), who, { key }, 'other')).status).toBe(200);
    const token = await relayToken(stack(), who);
    const answer = await relayed(stack(), 'GET', '/other/v1/models', { token });
    const stars = '*'.repeat(spelled.length);
    expect(answer).toMatchObject({ status: 401, text: message(stars) });
    expect(answer.headers['x-request-id']).toBe(`<${stars}>`);
  },
);
