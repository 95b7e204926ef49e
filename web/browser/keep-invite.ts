/**
 * Keeps a tab at its invite. The way from a link to the form is a cookie, which belongs to all tabs: a reload would find the
 * invite that another tab opened last, or none. What the entry of the tab's history holds, only this tab finds again.
 */
export function keepInvite(): void {
  if (location.pathname !== '/register') return;
  const shown = document.querySelector<HTMLInputElement>('input[name=token]')?.value;
  const { invite } = (history.state ?? {}) as { invite?: string };
  if (invite !== undefined && invite !== shown) location.replace(`/invite/${invite}${location.search}`);
  else if (shown) history.replaceState({ invite: shown }, '');
}

/**
 * Says once that somebody has begun to fill in the form of an invite. A program that follows links (a scanner of mail) types
 * nothing: what a script fills in is no trusted event.
 */
export function noteOpening(): void {
  const token = document.querySelector<HTMLInputElement>('form[action="/register"] input[name=token]')?.value;
  if (!token) return;
  const note = ({ isTrusted }: Event) => {
    if (!isTrusted) return;
    removeEventListener('input', note);
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify({ token }), keepalive: true };
    fetch('/v1/invites/open', sent).catch(() => undefined);
  };
  addEventListener('input', note);
}
