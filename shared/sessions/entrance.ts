import type { Settings } from '../deployment/settings.ts';

/** The page for whoever is not signed in: where people are known by their devices alone, there is nothing to type. */
export const entrance = ({ deviceOnly }: Pick<Settings, 'deviceOnly'>): '/register' | '/login' =>
  deviceOnly ? '/register' : '/login';
