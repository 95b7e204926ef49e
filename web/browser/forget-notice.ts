/** Takes what the page has just told out of its address, so that a reload does not tell it again. */
export function forgetNotice(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has('notice')) return;
  url.searchParams.delete('notice');
  history.replaceState(history.state, '', url);
}
