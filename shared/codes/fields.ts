import * as z from 'zod/mini';
import { atMost, wellFormed } from '../http/fields.ts';

/** A flow's id, as code-create answered it. */
export const flowField = z.string().check(atMost(64), wellFormed);

/** Characters of a mailed code with the blanks and hyphens that people type into it. */
export const typedMailCodeMaxLength = 64;

/** A mailed code as people type it; input that cannot be a code is answered as a wrong code. */
export const codeField = z.string().check(atMost(typedMailCodeMaxLength), wellFormed);
