import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

export interface Load {
  requests: string[];
  /** Bodies in kB, gzipped as a CDN does. */
  kilobytes: number;
  /** The part of `kilobytes` that is scripts. */
  scriptKilobytes: number;
  /** Movement without any input by the user (Cumulative Layout Shift). */
  layoutShift: number;
}

/** Measures a first visit to a page. @param visit opens the page and waits for its last part. */
export async function measureLoad(page: Page, visit: () => Promise<unknown>): Promise<Load> {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const isOurs = response.url().startsWith('http');
    if (isOurs)
      sizes.set(
        response.url(),
        sizeOf(() => response.body()),
      );
  });
  await visit();
  await page.waitForLoadState('networkidle');
  const layoutShift = await page.evaluate(sumShifts);
  const requests = [...sizes.keys()];
  const bytes = await Promise.all(sizes.values());
  const sum = (isCounted: (url: string) => boolean) =>
    requests.reduce((total, url, at) => (isCounted(url) ? total + bytes[at]! : total), 0) / 1_000;
  return {
    requests,
    layoutShift,
    kilobytes: sum(() => true),
    scriptKilobytes: sum((url) => url.endsWith('.js')),
  };
}

/** The body's size in bytes, gzipped. A redirect has no body: 0. */
const sizeOf = (read: () => Promise<Buffer>): Promise<number> =>
  read().then(
    (body) => gzipSync(body).length,
    () => 0,
  );

function sumShifts(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) sum += entry.value;
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    // The browser reports earlier shifts in a later task.
    setTimeout(() => resolve(sum), 100);
  });
}
