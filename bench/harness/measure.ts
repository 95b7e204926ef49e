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

/**
 * Times several kinds of work by turns, so that whatever else the machine does falls on all of them alike.
 * @returns the median of each, in milliseconds, by name.
 */
export async function alternate<Name extends string>(
  works: Readonly<Record<Name, () => Promise<unknown>>>,
  rounds: number,
  warmUp = Math.ceil(rounds / 10),
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const name of names) {
      const time = await timed(works[name]);
      if (round >= warmUp) times.get(name)!.push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<Name, number>;
}

/** One figure of a benchmark, with the bound that it is held against. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** Undefined where the figure only tells. */
  bound?: { at: 'most' | 'least'; value: number };
}

export const holds = ({ value, bound }: Figure): boolean =>
  bound === undefined || (bound.at === 'most' ? value <= bound.value : value >= bound.value);

/** Prints the figures, so that they are seen as they come. */
export function report(figures: Figure[]): Figure[] {
  for (const figure of figures) {
    const { what, value, unit, bound } = figure;
    const against = bound ? `at ${bound.at} ${bound.value}: ${holds(figure) ? 'ok' : 'NOT MET'}` : '';
    console.log(`${what.padEnd(58)} ${value.toFixed(2).padStart(10)} ${unit.padEnd(4)} ${against}`);
  }
  return figures;
}
