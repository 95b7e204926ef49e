import { deviceIdField } from '#shared/sessions/fields.ts';
import { deviceKeyField } from '#shared/sessions/device-key.ts';

/** In characters: four times the length of a public key as the script writes it. */
const longestKey = 800;

/** The script's fields about the browser in a form. Values that the script cannot have written are ignored. */
export function deviceOfForm({ deviceId, deviceKey }: Readonly<Record<string, string>>): {
  deviceId?: string;
  deviceKey?: unknown;
} {
  const id = deviceIdField.safeParse(deviceId).data;
  const key = deviceKeyField.safeParse(readJson(deviceKey)).data;
  return { ...(id && { deviceId: id }), ...(key && { deviceKey: key }) };
}

function readJson(text: string | undefined): unknown {
  try {
    return text && text.length <= longestKey ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
