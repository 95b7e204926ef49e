import * as z from 'zod/mini';

/** Paths that mails and pages lead to. */
const linked =
  /^\/(invite\/[\w-]+\.[\w-]+|login|register|(forgot|verify|move)(\/[\w-]+)?|account|keys|invites|admin)?$/;

/** A text without the signs at its end, none of which a link of ours ends with. */
function withoutTail(text: string): string {
  let end = text.length;
  // From the end: a regular expression would look at each run of such signs, in a time that grows with its square (C90).
  while (end > 0 && !/[\w-]/.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

/**
 * The path that a link leads to when what a mail client or a chat took for a part of it is cut off: `/login).` is `/login` (C81).
 * Undefined where that is none of ours.
 */
export function cutPath(path: string): string | undefined {
  const cut = withoutTail(path) || '/';
  return cut.length < path.length && linked.test(cut) ? cut : undefined;
}

/** The flow that a page's address names, without what a mail client or a chat took for a part of the link (C81). */
export const flowParams = z.object({
  flow: z.pipe(
    z.pipe(z.string().check(z.maxLength(200)), z.transform(withoutTail)),
    z.string().check(z.maxLength(64)),
  ),
});
