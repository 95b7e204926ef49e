/** When to look. The mail is sent within seconds; a refused one is sent again after a minute. */
const looksMs = [3_000, 10_000, 30_000, 90_000];

/**
 * Looks from time to time at what the page of a code says about its mail, which is sent after the page.
 * @param show is given the present notice of the page.
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

/** Updates the notice on the page of a code as soon as its mail was refused, or was sent after all. */
export function watchMailHere(): void {
  const shown = document.querySelector<HTMLElement>('[data-mail]');
  if (!shown) return;
  watchMail(shown.dataset['mail']!, ({ className, textContent }) => {
    shown.className = className;
    // Screen readers read out only what changes.
    if (shown.textContent !== textContent) shown.textContent = textContent;
  });
}
