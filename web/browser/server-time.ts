/** The time by which this device's clock is behind the server's. */
let behindMs = 0;

/** A page may have been on its way for so long: clocks that differ by less are taken for the same. */
const sameMs = 10_000;

/** Sets the server's time right by a page that has just come. @returns whether it differs from what was known. */
export function takeTime(now: string | undefined): boolean {
  if (now === undefined) return false;
  const behind = Number(now) - Date.now();
  const isOther = Math.abs(behind - behindMs) > sameMs;
  if (isOther) behindMs = behind;
  return isOther;
}

takeTime(document.body.dataset['now']);

export const serverNow = (): number => Date.now() + behindMs;
