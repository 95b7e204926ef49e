import type { Settings } from '../deployment/settings.ts';

/** The page for callers without a session. If only devices identify people, there are no credentials to type. */
export const entrance = ({ deviceOnly }: Pick<Settings, 'deviceOnly'>): '/register' | '/login' =>
  deviceOnly ? '/register' : '/login';
