import * as z from 'zod/mini';

/** Paths that mails and pages lead to. */
const linked =
  /^\/(invite\/[\w-]+\.[\w-]+|login|register|(forgot|verify|move)(\/[\w-]+)?|account|keys|invites|admin)?$/;

/** The text without its trailing characters that no link of ours ends with. */
function withoutTail(text: string): string {
  let end = text.length;
  // From the end: a regular expression would take time quadratic in the length of each run of such characters (C90).
  while (end > 0 && !/[\w-]/.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

/**
 * The path of a link without the characters that a mail client or a chat took for a part of it: `/login).` is `/login` (C81).
 * Undefined if the result is no path of ours, or nothing was cut off.
 */
export function cutPath(path: string): string | undefined {
  const cut = withoutTail(path) || '/';
  return cut.length < path.length && linked.test(cut) ? cut : undefined;
}

/** The flow in a page's address, without the characters that a mail client or a chat took for a part of the link (C81). */
export const flowParams = z.object({
  flow: z.pipe(
    z.pipe(z.string().check(z.maxLength(200)), z.transform(withoutTail)),
    z.string().check(z.maxLength(64)),
  ),
});
