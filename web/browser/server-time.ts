/** How far this device's clock is behind the server's. */
let behindMs = 0;

/** A page may take this long to arrive: clocks that differ by less count as equal. */
const sameMs = 10_000;

/** Corrects the server's time by a page that has just arrived. @returns whether the time differs from the one known before. */
export function takeTime(now: string | undefined): boolean {
  if (now === undefined) return false;
  const behind = Number(now) - Date.now();
  const isOther = Math.abs(behind - behindMs) > sameMs;
  if (isOther) behindMs = behind;
  return isOther;
}

takeTime(document.body.dataset['now']);

export const serverNow = (): number => Date.now() + behindMs;
