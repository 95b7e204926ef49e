import { deviceKeyPair, keptKeyPair } from './device-key.ts';
import { prove } from './proof.ts';
import { beforeSubmit } from './submit.ts';

/** Sent in place of a proof if this browser keeps no key. */
const noKey = 'none';

/**
 * Fills the forms that ask for this device's public key, a proof of it, or both. A key is made only if the field says so: most
 * people never need one.
 */
export function addDeviceFields(): void {
  for (const form of document.querySelectorAll('form')) {
    const key = form.querySelector<HTMLInputElement>('input[name=deviceKey]');
    const proof = form.querySelector<HTMLInputElement>('input[name=proof]');
    if (!key && !proof) continue;
    beforeSubmit(form, async () => {
      const pair = key?.dataset['make'] === undefined ? await keptKeyPair() : await deviceKeyPair();
      if (!pair) {
        // Says that the script has looked for a key: the server then names another device as the cause, and not a script that has
        // not run (`unproven-device.ts`).
        if (proof) proof.value = noKey;
        return;
      }
      const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
      if (key) key.value = JSON.stringify({ kty, crv, x, y });
      if (proof) proof.value = await prove(pair, 'POST', form.action);
    });
  }
}
