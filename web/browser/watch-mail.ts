/** When to look: the mail is sent within seconds, and where it was refused, again after a minute. */
const looksMs = [3_000, 10_000, 30_000, 90_000];

/**
 * Looks now and then what the page of a code says of its mail, which is sent after the page was.
 * @param show is given the notice that the page has now.
 */
export function watchMail(page: string, show: (notice: Element) => void): void {
  const look = async () => {
    const text = await (await fetch(page)).text();
    const notice = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-mail]');
    if (notice) show(notice);
  };
  // Without a connection there is nothing to tell.
  for (const ms of looksMs) setTimeout(() => void look().catch(() => undefined), ms);
}

/** Tells who waits for a code on its page as soon as its mail was refused, or was sent after all. */
export function watchMailHere(): void {
  const shown = document.querySelector<HTMLElement>('[data-mail]');
  if (!shown) return;
  watchMail(shown.dataset['mail']!, ({ className, textContent }) => {
    shown.className = className;
    // Only what changes is read out.
    if (shown.textContent !== textContent) shown.textContent = textContent;
  });
}
