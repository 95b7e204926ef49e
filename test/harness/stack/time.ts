import type { Stack } from '#local/stack/running-stack.ts';

export const daySeconds = 86_400;

/**
 * Moves the stack's clock to the beginning of a window, so that what follows falls into one: the one after the next,
 * as a test before may have run across the border of this one.
 */
export function enterWindow({ clock }: Stack, seconds = 60): void {
  clock.offsetSeconds += 2 * seconds - ((clock.now() / 1000) % seconds) + 0.1;
}
