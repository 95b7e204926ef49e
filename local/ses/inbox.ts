import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { negotiate } from '#shared/locale.ts';
import type { StoredMail } from './mailbox.ts';
import { listPage, listScript, mailPage, sandbox } from './pages.ts';
import type { Ses } from './ses.ts';

interface Answer {
  status: number;
  type: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
}

/** The frame of a mail inherits this policy: it permits styles and pictures, but no scripts and no forms. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The list contains no markup of a mail, and its own script looks for new mails. */
const listPolicy = `${policy}; script-src 'self'; connect-src 'self'`;

const plain = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
  headers,
});

/** Hono's `html` returns a String object, which a response does not accept: hence `String`. */
const htmlAnswer = (body: string, csp = policy): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body: String(body),
  headers: { 'content-security-policy': csp },
});

const json = (mails: readonly StoredMail[]): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(
    mails.map(({ id, to, from, subject, text, html, at, delivery }) => ({
      id,
      to,
      from,
      subject,
      text,
      html,
      at,
      delivery,
    })),
  ),
});

async function answer(ses: Ses, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return plain(405, 'Method not allowed\n', { allow: 'GET, HEAD' });
  }
  const [path = '/', query] = (request.url ?? '/').split('?', 2);
  const locale = negotiate(request.headers['accept-language'], 'en');
  if (path === '/') return htmlAnswer(await listPage(ses.mails(), locale), listPolicy);
  if (path === '/inbox.js') return { status: 200, type: 'text/javascript; charset=utf-8', body: listScript };
  if (path === '/mails') return json(ses.mails(new URLSearchParams(query).get('to') ?? undefined));
  const [, id = '', part] = /^\/mails\/([\w-]+)(\/html)?$/.exec(path) ?? [];
  const mail = ses.find(id);
  if (mail === undefined) return plain(404, 'Not found\n');
  return part === undefined
    ? htmlAnswer(await mailPage(mail, locale))
    : htmlAnswer(mail.html, `${policy}; sandbox ${sandbox}`);
}

function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...headers,
  });
  response.end(body);
}

/**
 * The inbox over HTTP, for people and for tests: `GET /` lists the mails, `GET /mails/{id}` shows one, `GET /mails/{id}/html`
 * is its HTML alone, `GET /mails?to=address` answers `[{id, to, from, subject, text, html, at, delivery}]`, newest last.
 */
export function inboxHandler(ses: Ses): RequestListener {
  return (request, response) => {
    void answer(ses, request)
      .catch(() => plain(500, 'The inbox failed\n'))
      .then((result) => send(response, result));
  };
}
