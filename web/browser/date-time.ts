/** A time of the API as people of the page's language write it, in their own time zone. */
export const dateTime = (iso: string): string =>
  new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
