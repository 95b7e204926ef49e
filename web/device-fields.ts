import { html } from 'hono/html';

/** The browser's device id, a hint, which the script fills in. Forms work without it. */
export const deviceIdField = html`<input type="hidden" name="deviceId" />`;

const proofField = html`<input type="hidden" name="proof" />`;

/** The fields that the script fills in at sign-in: the device id and, if the browser has a key, the key and the proof of possession. */
export const deviceFields = html`${deviceIdField}<input type="hidden" name="deviceKey" />${proofField}`;

/** The same if a key is needed: the script makes one for a browser that has none. */
export const newDeviceFields = html`${deviceIdField}<input
    type="hidden"
    name="deviceKey"
    data-make
  />${proofField}`;
