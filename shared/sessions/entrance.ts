import type { Settings } from '../deployment/settings.ts';

/** The page for callers without a session; where devices alone identify people, it has nothing to type. */
export const entrance = ({ deviceOnly }: Pick<Settings, 'deviceOnly'>): '/register' | '/login' =>
  deviceOnly ? '/register' : '/login';
