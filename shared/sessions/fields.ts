import * as z from 'zod/mini';
import { atMost } from '../http/fields.ts';
import { transports } from './session.ts';

export const transportField = z._default(z.enum(transports), 'cookie');

/** A browser's fingerprint, a hint. */
export const deviceIdField = z.string().check(z.minLength(1), atMost(128), z.regex(/^[\w-]+$/));
