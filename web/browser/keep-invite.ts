/**
 * Keeps a tab at its invite. The way from a link to the form is a cookie, which belongs to all tabs: a reload would find the
 * invite that another tab opened last, or none. What the entry of the tab's history holds, only this tab finds again.
 */
export function keepInvite(): void {
  if (location.pathname !== '/register') return;
  const shown = document.querySelector<HTMLInputElement>('input[name=token]')?.value;
  const { invite } = (history.state ?? {}) as { invite?: string };
  if (invite !== undefined && invite !== shown) location.replace(`/invite/${invite}`);
  else if (shown) history.replaceState({ invite: shown }, '');
}
