import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

export interface Load {
  requests: string[];
  /** Bodies in kB, compressed as an edge does it. */
  kilobytes: number;
  /** Of those, scripts alone. */
  scriptKilobytes: number;
  /** What moved while nobody touched the page (Cumulative Layout Shift). */
  layoutShift: number;
}

/** What it takes to see a page for the first time. @param visit opens it, and waits for what it shows last. */
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

/** A redirect has no body. */
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
    // What was seen before is told in a task of its own.
    setTimeout(() => resolve(sum), 100);
  });
}
