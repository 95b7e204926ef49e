import { html } from 'hono/html';
import type { Fragment } from './layout.ts';

interface ApiForm {
  id: string;
  /** The operation that it calls, such as `PATCH /v1/me`. */
  call: string;
  /** Said when it is done. */
  done: string;
  /** Said when the password that confirms it is wrong: the error itself is about signing in. */
  wrongPassword?: string;
  /** Said when no answer comes: that it may have been done, and how to see. */
  ifLost?: string;
  fields: Fragment | Fragment[];
  button: string;
  isDangerous?: boolean;
  hidden?: boolean;
}

/** A form that the script sends to the API (`web/browser/api-forms.ts`), and that shows the outcome itself. */
export const apiForm = ({
  id,
  call,
  done,
  wrongPassword,
  ifLost,
  fields,
  button,
  isDangerous,
  hidden,
}: ApiForm): Fragment =>
  html`<form
    id="${id}"
    data-call="${call}"
    data-done="${done}"
    ${wrongPassword ? html`data-wrong="${wrongPassword}"` : ''}
    ${ifLost ? html`data-if-lost="${ifLost}"` : ''}
    ${hidden ? 'hidden' : ''}
  >
    ${fields}
    <button type="submit" class="${isDangerous ? 'danger' : ''}">${button}</button>
    <div role="status"></div>
  </form>`;
