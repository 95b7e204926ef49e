import * as z from 'zod/mini';

/** A cursor's position in the trail: time and id of a page's last entry, in the form of its sort key. */
export const auditPosition = z.object({ before: z.string().check(z.regex(/^[\w:.-]{1,30}#[\w-]{1,64}$/)) });
