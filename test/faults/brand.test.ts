import { beforeAll, expect, test } from 'vitest';
import { accentOf } from '#shared/deployment/accent.ts';
import { send } from '../harness/http/http.ts';
import { expectPage, page, signInByForm } from '../harness/http/pages.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { invite, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
let browser: Visitor;
beforeAll(async () => {
  browser = await signInByForm(stack(), admin.user.username);
});

const appLogo = 'https://cdn.example.com:8443/a/logo.svg?v=1&w=2';
const image =
  '<img src="https://cdn.example.com:8443/a/logo.svg?v=1&amp;w=2" alt="" width="32" height="32" decoding="async" />Latchkey</a>';

const pages = {
  'a form': () => page(stack(), '/login'),
  'a form that may lead elsewhere': () => page(stack(), '/register'),
  'a form that is refused': () => new Visitor(stack()).post('/login', { login: 'nobody', password: 'x' }),
  'a problem': () => page(stack(), '/nowhere'),
  'the first page of who is signed in': () => browser.get('/'),
  'a page that a script draws': () => browser.get('/admin'),
};

test.each(Object.entries(pages))(
  'the logo stands before the name on %s, whose policy takes images from its origin and no other',
  async (_, visit) => {
    const policies: string[] = [];
    for (const settings of [{}, { appLogo }]) {
      stack().deploy(settings);
      const answer = await visit();
      expectPage(
        answer,
        answer.status,
        ...('appLogo' in settings ? [image] : ['<a class="home" href="/">Latchkey</a>']),
      );
      expect(answer.headers['referrer-policy']).toBe('same-origin');
      policies.push(String(answer.headers['content-security-policy']));
    }
    const [without, withLogo] = policies;
    expect(without).toContain("; img-src 'self' data:; ");
    expect(withLogo).toBe(without!.replace("img-src 'self' data:", '$& https://cdn.example.com:8443'));
  },
);

test('answers that are no page say nothing of the logo', async () => {
  stack().deploy({ appLogo });
  const { headers } = await send(stack(), 'GET', '/v1/me');
  expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
});

const accent = ({ light, dark }: { light: string; dark: string }) =>
  `--accent: light-dark(${light}, ${dark})`;

test('the style sheet has the colour, and is another to browsers that had it before', async () => {
  const before = await send(stack(), 'GET', '/assets/style.css');
  expect(before.text).toContain(accent({ light: '#1d4ed8', dark: '#8fb3ff' }));
  stack().deploy({ appColor: '#0a7d4b' });
  const etag = String(before.headers['etag']);
  const { status, text } = await send(stack(), 'GET', '/assets/style.css', {
    headers: { 'if-none-match': etag },
  });
  expect(status).toBe(200);
  expect(text.match(/--accent: .*\)/g)).toEqual([accent(accentOf('#0a7d4b'))]);
  expect(text).toContain('--accent: light-dark(#0a7d4b, ');
});

test('mails have the colour, in the same two shades', async () => {
  stack().deploy({ appColor: '#ffd400' });
  const { email } = somebody();
  await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  const { html } = stack().mails(email).at(-1)!;
  const { light, dark } = accentOf('#ffd400');
  expect(html).toContain(`background: ${light}; color: #ffffff`);
  expect(html).toContain(`.button { background: ${dark} !important; color: #10131a !important }`);
  expect(html).not.toMatch(/#1d4ed8|#8fb3ff/);
});
