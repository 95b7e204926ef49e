import { never } from '../clock.ts';

/** Milliseconds as ISO 8601 in UTC, the way every answer tells time. */
export const toIso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The same, or null for an event that has not happened, or whose time is not known. */
export const toIsoOrNull = (milliseconds: number | undefined): string | null =>
  milliseconds === undefined ? null : toIso(milliseconds);

/** The end of an invite; null for one without an end. */
export const expiryToIso = (expiresAt: number): string | null =>
  expiresAt === never ? null : toIso(expiresAt);
