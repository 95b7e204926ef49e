import { html } from 'hono/html';
import type { Session } from '#shared/sessions/session.ts';
import { errorTable } from '#shared/errors/table.ts';
import { accountTexts } from './texts/account.ts';
import type { Locale } from '#shared/locale.ts';
import { pageTexts } from './texts/pages.ts';

/** The facts of the session that a signed-in user's page shows or hands to the script. */
export interface Visit {
  /**
   * Public id of a session that is bound to a device's key. Its page holds nothing about its owner, whom a stolen cookie would
   * reveal (C69): the script asks for such data, with the key's proof.
   */
  boundSession?: string | undefined;
  /** Id of the page's owner, if the session is not bound. */
  ownerId?: string | undefined;
}

/** The facts that a page may hold: a stolen cookie must not reveal the owner of a bound session. */
export const visitOf = ({ id, userId, keyThumbprint }: Session): Visit =>
  keyThumbprint ? { boundSession: id } : { ownerId: userId };

/** What a form of a signed-in page carries besides its fields: the proof, and the session for which the page is shown again. */
export const visitFields = ({ boundSession }: Visit) =>
  boundSession
    ? html`<input type="hidden" name="session" value="${boundSession}" /><input type="hidden" name="proof" />`
    : html``;

/** The visit that a form of `visitFields` came from. */
export const visitFrom = ({ session }: Readonly<Record<string, string>>): Visit => ({
  boundSession: session || undefined,
});

/**
 * The notice that bound pages hold ready for a browser without the key; the script shows it.
 * @param wanted where a user who moves to this device goes on.
 */
export function otherDevice(locale: Locale, wanted?: string) {
  const { title, detail } = errorTable.device_mismatch;
  return html`<div id="other-device" class="notice error" role="alert" hidden>
    <strong>${title[locale]}</strong>
    <p>${detail[locale]}</p>
    <div class="actions">
      <form method="post" action="/logout">
        <input type="hidden" name="next" value="/move" />
        ${wanted ? html`<input type="hidden" name="wanted" value="${wanted}" />` : ''}
        <button type="submit">${accountTexts.moveHere[locale]}</button>
      </form>
      <form method="post" action="/logout">
        <button type="submit" class="plain">${pageTexts.signOut[locale]}</button>
      </form>
    </div>
  </div>`;
}
