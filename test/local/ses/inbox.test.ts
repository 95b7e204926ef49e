import { describe, expect, test } from 'vitest';
import { inboxHandler } from '#local/ses/inbox.ts';
import { connect, mail, newSes, titled } from './ses-client.ts';
import { listen } from '../serve.ts';

describe('inbox', () => {
  test('lists as JSON, all or those to one address, newest last', async () => {
    const ses = newSes();
    const client = await connect(ses);
    const inbox = await listen(inboxHandler(ses));
    for (const [to, subject] of [
      ['a@x.test', '1'],
      ['b+c@x.test', '2'],
      ['a@x.test', '3'],
    ] as const) {
      await client.send(mail(to, { Message: titled(subject), ConfigurationSetName: 'main' }));
    }
    const subjects = async (query: string) => {
      const mails: { subject: string }[] = await (await fetch(`${inbox}/mails${query}`)).json();
      return mails.map(({ subject }) => subject);
    };
    expect(await subjects('')).toEqual(['1', '2', '3']);
    expect(await subjects('?to=A@x.test')).toEqual(['1', '3']);
    expect(await subjects(`?to=${encodeURIComponent('b+c@x.test')}`)).toEqual(['2']);
    expect(await subjects('?to=nobody@x.test')).toEqual([]);
    const [first]: object[] = await (await fetch(`${inbox}/mails`)).json();
    expect(Object.keys(first ?? {})).toEqual([
      'id',
      'to',
      'from',
      'subject',
      'text',
      'html',
      'at',
      'delivery',
    ]);
  });

  test('shows the list, newest first, and escapes', async () => {
    const ses = newSes();
    const client = await connect(ses);
    const inbox = await listen(inboxHandler(ses));
    expect(await (await fetch(inbox)).text()).toContain('No mail yet');
    await client.send(mail('a@x.test', { Message: titled('<script>alert(1)</script>') }));
    await client.send(mail('a@x.test', { Message: titled('second') }));
    const page = await (await fetch(inbox)).text();
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script src="/inbox.js" defer>']);
    expect(page.indexOf('second')).toBeLessThan(page.indexOf('&lt;script&gt;alert(1)&lt;/script&gt;'));
    expect(await (await fetch(`${inbox}/inbox.js`)).text()).toContain('fetch(location.href)');
    const japanese = await fetch(inbox, { headers: { 'accept-language': 'ja' } });
    expect(await japanese.text()).toMatch(/<html lang="ja">[^]*受信箱/);
  });

  test('shows one mail: framed HTML, linked text, escaped', async () => {
    const ses = newSes();
    const inbox = await listen(inboxHandler(ses));
    const Body = {
      Html: { Data: '<p title="&quot;">Hi</p></iframe><script>alert(2)</script>' },
      Text: { Data: '見て https://latchkey.test/invite/a-b_?x=1&y=2。(http://x.test/.) <script>' },
    };
    const command = mail('a@x.test', { Message: { Subject: { Data: '"><script>' }, Body } });
    const { MessageId } = await (await connect(ses)).send(command);
    const response = await fetch(`${inbox}/mails/${MessageId}`);
    const page = await response.text();
    expect(page).not.toContain('<script');
    expect(page.match(/<\/iframe>/g)).toHaveLength(1);
    expect(page).toContain(
      'srcdoc="&lt;base target=&quot;_top&quot;&gt;&lt;p title=&quot;&amp;quot;&quot;&gt;',
    );
    expect(page).toContain(
      'sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"',
    );
    expect(page).toContain('href="https://latchkey.test/invite/a-b_?x=1&amp;y=2">');
    expect(page).toContain('(<a href="http://x.test/">http://x.test/</a>.) &lt;script&gt;');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");

    const alone = await fetch(`${inbox}/mails/${MessageId}/html`);
    expect(await alone.text()).toBe(Body.Html.Data);
    expect(alone.headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox /);
  });

  test('answers 404 and 405 in plain text', async () => {
    const inbox = await listen(inboxHandler(newSes()));
    for (const path of ['/x', '/mails/unknown', '/mails/', '/mails/x/y']) {
      const response = await fetch(`${inbox}${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    }
    expect((await fetch(inbox, { method: 'POST' })).status).toBe(405);
    expect((await fetch(inbox, { method: 'HEAD' })).status).toBe(200);
  });
});
