/** Paths that mails and pages lead to. */
const linked = /^\/(invite\/[\w-]+\.[\w-]+|login|register|forgot|verify|move|account|keys|admin)?$/;

/**
 * The path that a link leads to when what a mail client or a chat took for a part of it is cut off: `/login).` is `/login` (C81).
 * Undefined where that is none of ours.
 */
export function cutPath(path: string): string | undefined {
  let end = path.length;
  // From the end: a regular expression would look at each run of such characters, in a time that grows with its square (C90).
  while (end > 1 && !/[\w-]/.test(path[end - 1]!)) end -= 1;
  const cut = path.slice(0, end);
  return end < path.length && linked.test(cut) ? cut : undefined;
}
