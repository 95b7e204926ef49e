import * as z from 'zod/mini';
import { keyState, keyStates, type ApiKey } from './api-key.ts';
import { toIso, toIsoOrNull } from '../http/time.ts';
import { ownValue } from '../record-of.ts';

/** A kept API key as its owner sees it. */
export const apiKeyResponse = z.object({
  service: z.string(),
  /** What people call the service. */
  title: z.string(),
  last4: z.string(),
  active: z.boolean(),
  state: z.enum(keyStates),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.nullable(z.string()),
});

type Titled = Readonly<Record<string, { title: string }>>;

/** @param known the deployment's services; a key of a removed one goes by its name. */
export const showApiKey = (key: ApiKey, known: Titled, now: number): z.input<typeof apiKeyResponse> => ({
  service: key.service,
  title: serviceOf(known, key.service)?.title ?? key.service,
  last4: key.last4,
  active: key.active,
  state: keyState(key, now),
  createdAt: toIso(key.createdAt),
  expiresAt: toIso(key.expiresAt),
  lastUsedAt: toIsoOrNull(key.lastUsedAt),
});

/** `{service}` of a path: any text, since each deployment has its own services. */
export const serviceParams = z.object({ service: z.string() });

/** The service that a caller's text names; undefined if it names none, such as `constructor`. */
export const serviceOf = <Service>(known: Readonly<Record<string, Service>>, name: string) =>
  ownValue(known, name);
