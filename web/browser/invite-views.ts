import { element } from './element.ts';
import type { Created, Invite, Texts } from './invites.ts';

const deliveryText = { pending: 'pending', sent: 'sent', failed: 'undelivered' } as const;

/** One invite of the list, with what can be done to it. */
export function inviteItem(
  invite: Invite,
  texts: Texts,
  act: (id: string, action: 'revoke' | 'reissue') => void,
): HTMLLIElement {
  const { id, status, email, note, uses, maxUses, delivery, expiresAt } = invite;
  const facts = [
    texts[status],
    `${uses}/${maxUses}`,
    delivery && texts[deliveryText[delivery]],
    expiresAt && `${texts['until']} ${new Date(expiresAt).toLocaleString(document.documentElement.lang)}`,
    note,
  ];
  const button = (action: 'revoke' | 'reissue') =>
    element(
      'button',
      { type: 'button', className: 'plain', onclick: () => act(id, action) },
      texts[action] ?? action,
    );
  return element(
    'li',
    {},
    element('strong', {}, email ?? texts['anybody'] ?? ''),
    element('p', { className: 'hint' }, facts.filter(Boolean).join(' · ')),
    ...(status === 'active' ? [button('revoke')] : []),
    ...(status === 'used' ? [] : [button('reissue')]),
  );
}

/** A new link with the button that copies it, or why there is none. */
export function createdLine({ email, url, result }: Created, texts: Texts): HTMLElement {
  const about = [email, texts[result]].filter(Boolean).join(': ');
  if (!url) return element('p', {}, about);
  const copy = element('button', { type: 'button', className: 'plain' }, texts['copy'] ?? '');
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(url);
    copy.textContent = texts['copied'] ?? '';
  });
  return element('p', {}, `${about} `, element('code', {}, url), ' ', copy);
}
