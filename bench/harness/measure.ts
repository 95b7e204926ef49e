/** Milliseconds that one call of `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** One figure of a benchmark, with the bound that it is held against. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** Undefined if the figure is only for information. */
  bound?: { at: 'most' | 'least'; value: number };
}

export const holds = ({ value, bound }: Figure): boolean =>
  bound === undefined || (bound.at === 'most' ? value <= bound.value : value >= bound.value);

/** Prints the figures as they are measured. */
export function report(figures: Figure[]): Figure[] {
  for (const figure of figures) {
    const { what, value, unit, bound } = figure;
    const against = bound ? `at ${bound.at} ${bound.value}: ${holds(figure) ? 'ok' : 'NOT MET'}` : '';
    console.log(`${what.padEnd(58)} ${value.toFixed(2).padStart(10)} ${unit.padEnd(4)} ${against}`);
  }
  return figures;
}
