import * as z from 'zod/mini';

/** A cursor's place in the trail: time and id of a page's last entry, as its sort key holds them. */
export const auditPosition = z.object({ before: z.string().check(z.regex(/^[\w:.-]{1,30}#[\w-]{1,64}$/)) });
