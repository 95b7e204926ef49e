import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { listen, type Listening } from '#local/base/listen.ts';
import { startEngine, type Engine } from '#local/engine/engine.ts';
import { useStack } from '../harness/stack/stack.ts';
import { startChromium } from './chromium.ts';

const stack = useStack();

let browser: Browser;
let engine: Engine;
/** A third party's page, on a port of its own. */
let stranger: Listening;
beforeAll(async () => {
  // Resolves the host to loopback, as an attacker's name server does once the page is loaded.
  browser = await startChromium(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
  engine = await startEngine({ store: inject('store') });
  const page = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Kittens</title>');
  });
  stranger = await listen(page, 0, 'app');
});
afterAll(async () => {
  await browser.close();
  await engine.stop();
  await stranger.close();
});

/** Runs in the page: tries everything that a page can do with an address, and returns what it could read. */
async function attack(urls: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    'x-amz-date': '20260101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=host/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
  const plain = JSON.stringify({ offsetSeconds: 86_400 });
  const tries: RequestInit[] = [
    {},
    { method: 'POST', headers, body: '{}' },
    { method: 'POST', body: plain },
    { method: 'POST', mode: 'no-cors', body: plain },
    { method: 'DELETE' },
  ];
  const loads = (name: 'img' | 'script' | 'link', url: string) =>
    new Promise<boolean>((resolve) => {
      const element = document.createElement(name);
      element.addEventListener('load', () => resolve(true));
      element.addEventListener('error', () => resolve(false));
      if (element instanceof HTMLLinkElement) Object.assign(element, { rel: 'stylesheet', href: url });
      else element.src = url;
      document.head.append(element);
    });
  for (const url of urls) {
    for (const one of tries) {
      const text = await fetch(url, one).then(
        (answer) => answer.text(),
        () => '',
      );
      if (text) seen.push(`${one.method ?? 'GET'} ${url}: ${text}`);
    }
    for (const name of ['img', 'script', 'link'] as const) {
      if (await loads(name, url)) seen.push(`${name} ${url}`);
    }
  }
  return seen;
}

test('C92: a page in the same browser reads and changes nothing of the local stack', async () => {
  const { control, lambda, aws, provider, inbox, relay } = stack();
  const page = await browser.newPage();
  await page.goto(stranger.url);
  const seen = await page.evaluate(attack, [
    `${control}/clock`,
    `${control}/logs`,
    `${lambda}/2015-03-31/functions/admin-bootstrap/invocations`,
    `${aws}/`,
    `${provider.url}/claude/v1/models`,
    `${inbox}/mails`,
    `${relay}/claude/v1/models`,
    `http://127.0.0.1:${new URL(engine.url).port}/`,
  ]);
  expect(seen).toEqual([]);
  expect(stack().clock.offsetSeconds).toBe(0);
  expect(stack().calls()).toEqual([]);
  expect((await stack().dumpTables())['invites']).toEqual([]);
});

test('C92: a page whose name has come to mean this machine is refused by all of it', async () => {
  const { app, control, lambda, aws, provider, inbox, relay } = stack();
  const page = await browser.newPage();
  for (const url of [app, control, lambda, aws, provider.url, inbox, relay!]) {
    const rebound = await page.goto(`http://evil.example:${new URL(url).port}/`);
    expect(rebound?.status(), url).toBe(403);
    expect(await page.textContent('body')).toContain('Forbidden');
  }
});
