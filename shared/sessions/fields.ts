import * as z from 'zod/mini';
import { atMost } from '../http/fields.ts';

/** How the client keeps its session: a cookie that scripts cannot read, or a token in the answer's body. */
export const transportField = z._default(z.enum(['cookie', 'token']), 'cookie');

/** A browser's fingerprint, a hint. */
export const deviceIdField = z.string().check(z.minLength(1), atMost(128), z.regex(/^[\w-]+$/));
