/**
 * Keeps a tab at its invite. A cookie carries the invite from the link to the form, and all tabs share it: a reload would find the
 * invite that another tab opened last, or none. Only this tab reads the state of its history entry.
 */
export function keepInvite(): void {
  if (location.pathname !== '/register') return;
  const shown = document.querySelector<HTMLInputElement>('input[name=token]')?.value;
  const { invite } = (history.state ?? {}) as { invite?: string };
  if (invite !== undefined && invite !== shown) location.replace(`/invite/${invite}${location.search}`);
  else if (shown) history.replaceState({ invite: shown }, '');
}

/**
 * Reports once that a guest has begun to fill in the form of an invite. A program that follows links (a scanner of mail) types
 * nothing, and events that a script causes are not trusted.
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
