import * as z from 'zod/mini';
import { lineField } from '../http/fields.ts';

/** Characters of a reason, which the audit trail keeps. */
export const reasonMaxLength = 200;

/** Why an administrator does something that somebody may ask about later. */
export const reasonField = z.pipe(lineField(reasonMaxLength), z.string().check(z.minLength(1)));
