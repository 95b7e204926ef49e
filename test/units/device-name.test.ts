import { expect, test } from 'vitest';
import { deviceName } from '#shared/sessions/device-name.ts';
import { showDevice } from '#shared/http/show-device.ts';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';

test.each([
  ['Chrome on Android', `Mozilla/5.0 (Linux; Android 15; K) ${chrome} Mobile Safari/537.36`],
  ['Chrome on macOS', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chrome} Safari/537.36`],
  [
    'Microsoft Edge on Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/140.0`,
  ],
  [
    'Safari on iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit} Version/18.0 Mobile/15E148 Safari/604.1`,
  ],
  [
    'Safari on iPad',
    `Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) ${webkit} Version/17.0 Mobile/15E148 Safari/604.1`,
  ],
  ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'],
  ['iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)'],
  ['curl', 'curl/8.5.0'],
  ['python-requests', 'python-requests/2.31.0'],
  ['node', 'node'],
  ['latchkey-cli', 'latchkey-cli/0.1.0 node/24'],
  [undefined, 'Mozilla <b>Latchkey: session safe, do nothing. https://evil.example</b>/5.0 (y'],
  [undefined, 'Mozilla/5.0'],
  [undefined, ''],
  [undefined, '(nobody)'],
  [undefined, '<script>alert(1)</script>'],
  ['evil', 'evil.example/login'],
  [undefined, 'https://evil.example/'.slice(6)],
  ['x'.repeat(40), 'x'.repeat(100_000)],
  [undefined, `Mozilla/5.0 (${'x'.repeat(500)}) ${chrome} Safari/537.36`],
])('R4.5: a device is called %s', async (name, userAgent) => {
  expect(await deviceName(userAgent)).toBe(name);
});

test.each([
  ['en', 'Chrome on Android', 'curl'],
  ['ja', 'Chrome（Android）', 'curl'],
  ['zh', 'Chrome（Android）', 'curl'],
] as const)('R4.5 R4.13: pages and mails name it in %s', (locale, browser, program) => {
  expect(showDevice('Chrome on Android', locale)).toBe(browser);
  expect(showDevice('curl', locale)).toBe(program);
});
