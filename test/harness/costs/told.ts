import { readFileSync } from 'node:fs';

/** The numbers of `docs/costs.md` in US dollars, by the first cell of their row: `| Idle | 7.50 | …`. */
export function toldCosts(): Map<string, number> {
  const rows = readFileSync('docs/costs.md', 'utf8').matchAll(/^\| ([^|]+?) +\| +(\d+(?:\.\d+)?) +\|/gm);
  return new Map([...rows].map(([, what, dollars]) => [what!.replaceAll(/[`*]/g, ''), Number(dollars)]));
}
