import { html } from 'hono/html';

/** Hidden inputs for values that a form passes on unchanged. */
export const hiddenInputs = (values: Readonly<Record<string, string | undefined>>) =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
