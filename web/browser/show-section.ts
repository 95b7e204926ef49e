/** Scrolls the name of the present section into view: on a phone the sections are wider than the screen. */
export function showSection(): void {
  const here = document.querySelector<HTMLElement>('.sections [aria-current]');
  const row = here?.closest('.sections');
  if (here && row) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
