import type * as DeviceId from './device-id.ts';
import { beforeSubmit } from './submit.ts';

/** An asset of its own, so that no page waits for it. */
const script = '/assets/device-id.js';

/** A form waits no longer than this for the hint: signing in must stay fast. */
const hintTimeoutMs = 1_000;

let hint: Promise<string | undefined> | undefined;

async function findHint(): Promise<string | undefined> {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  }
  try {
    const { readDeviceId } = (await import(script)) as typeof DeviceId;
    return await readDeviceId();
  } catch {
    return undefined;
  }
}

/** This browser's device id, once the page has loaded; undefined if the id cannot be read. */
export const deviceHint = (): Promise<string | undefined> => (hint ??= findHint());

/** Sends the device id along with the forms that ask for it. */
export function addDeviceHints(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name=deviceId]')) {
    const filled = deviceHint().then((id) => (input.value = id ?? ''));
    const late = () => new Promise((resolve) => setTimeout(resolve, hintTimeoutMs));
    if (input.form) beforeSubmit(input.form, () => Promise.race([filled, late()]));
  }
}
