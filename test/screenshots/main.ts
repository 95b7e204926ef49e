import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { synthesize } from '#local/stack/build.ts';
import { makeAssemblyDirectory } from '#local/stack/assembly-directory.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { startStack } from '#local/stack/stack.ts';
import { startChromium } from '../browser/chromium.ts';
import { openInvite, password } from '../harness/people/people.ts';
import { fillWithPeople } from './sample-people.ts';

/**
 * Takes pictures of the main pages, on a phone and on a desktop, light and dark, in English and Japanese, into
 * `.local/screenshots`, and the README's pictures into `docs/screenshots`. Japanese needs a font that is installed on this machine.
 */
const all = fileURLToPath(new URL('../../.local/screenshots/', import.meta.url));
const kept = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;
type Size = keyof typeof sizes;
const languages = ['en', 'ja'] as const;
const schemes = ['light', 'dark'] as const;

interface Shot {
  name: string;
  path: string;
  as: 'guest' | 'admin' | 'member';
  /** The form in which the README shows it. */
  readme?: `${Size} ${(typeof schemes)[number]}`;
}

const shotsOf = (token: string, personId: string): Shot[] => [
  { name: 'register', path: `/invite/${token}`, as: 'guest', readme: 'phone light' },
  { name: 'login', path: '/login', as: 'guest' },
  { name: 'home', path: '/', as: 'member' },
  { name: 'account', path: '/account', as: 'member', readme: 'phone dark' },
  { name: 'keys', path: '/keys', as: 'member', readme: 'desktop light' },
  { name: 'overview', path: '/admin', as: 'admin', readme: 'desktop light' },
  { name: 'invites', path: '/admin/invites', as: 'admin', readme: 'desktop light' },
  { name: 'inviting', path: '/admin/invites/new', as: 'admin' },
  { name: 'people', path: '/admin/people', as: 'admin' },
  { name: 'person', path: `/admin/people/${personId}`, as: 'admin', readme: 'desktop dark' },
  { name: 'activity', path: '/admin/activity', as: 'admin' },
  { name: 'settings', path: '/admin/settings', as: 'admin' },
];

async function signIn(page: Page, app: string, login: string): Promise<void> {
  await page.goto(`${app}/login`);
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${app}/`);
}

async function take(browser: Browser, stack: Stack, shots: readonly Shot[]): Promise<void> {
  for (const locale of languages)
    for (const who of ['guest', 'member', 'admin'] as const) {
      const context = await browser.newContext({ locale, timezoneId: 'Europe/Berlin' });
      const page = await context.newPage();
      if (who !== 'guest') await signIn(page, stack.app, who === 'admin' ? 'ada' : 'wei');
      for (const { name, path, readme } of shots.filter(({ as }) => as === who)) {
        await page.goto(stack.app + path);
        await page.waitForLoadState('networkidle');
        for (const [size, viewport] of Object.entries(sizes))
          for (const colorScheme of schemes) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            const isKept = locale === 'en' && readme === `${size} ${colorScheme}`;
            const file = `${name}-${size}-${colorScheme}-${locale}.png`;
            await page.screenshot({ path: join(all, file) });
            if (isKept) await page.screenshot({ path: join(kept, `${name}.png`) });
          }
      }
      await context.close();
    }
}

const assembly = makeAssemblyDirectory();
try {
  for (const directory of [all, kept]) mkdirSync(directory, { recursive: true });
  const settings = { appName: 'Choir', mailFrom: 'choir@example.com' };
  await synthesize([{ settings, outDir: assembly.path }]);
  const stack = await startStack({ assembly: assembly.path });
  const browser = await startChromium();
  try {
    const { admin, member } = await fillWithPeople(stack);
    const token = await openInvite(stack, admin, { locale: 'en' });
    await take(browser, stack, shotsOf(token, member.user.id));
  } finally {
    await browser.close();
    await stack.stop();
  }
  console.log(`The pictures are in ${all}, those of the README in ${kept}.`);
} finally {
  assembly.remove();
}
