import { day, hour, minute, second } from './clock.ts';

const units = { s: second, m: minute, h: hour, d: day } as const;

/** A length of time as people write it: `30s`, `1m`, `4h`, `1d`. */
export type Duration = `${number}${keyof typeof units}`;

export function toMilliseconds(duration: Duration): number {
  return Number(duration.slice(0, -1)) * units[duration.slice(-1) as keyof typeof units];
}
