import type { Stack } from '#local/stack.ts';

export const daySeconds = 86_400;

/** Moves the stack's clock to the beginning of the next window, so that what follows falls into one window. */
export function enterWindow({ clock }: Stack, seconds = 60): void {
  clock.offsetSeconds += seconds - ((clock.now() / 1000) % seconds) + 0.1;
}
