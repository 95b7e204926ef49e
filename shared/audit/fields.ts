import * as z from 'zod/mini';
import { lineField } from '../http/fields.ts';

/** Longest reason, in characters. The audit trail stores it. */
export const reasonMaxLength = 200;

/** An administrator's reason for an action, for questions about it later. */
export const reasonField = z.pipe(lineField(reasonMaxLength), z.string().check(z.minLength(1)));
