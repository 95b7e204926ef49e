import type { Stack } from '#local/stack/running-stack.ts';

export const daySeconds = 86_400;

/**
 * Stops the stack's clock at the beginning of a window, so that what follows falls into one window even on a busy machine. It takes
 * the window after the next: an earlier test may have run into the next one.
 */
export function enterWindow({ clock }: Stack, seconds = 60): void {
  const [now, windowMs] = [clock.now(), seconds * 1000];
  clock.standAt(now - (now % windowMs) + 2 * windowMs + 100);
}
