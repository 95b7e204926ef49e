import { deviceIdField } from '#shared/sessions/fields.ts';
import { deviceKeyField } from '#shared/sessions/device-key.ts';

/** What the script put into a form about the browser. What it cannot have put there is as if it were not there. */
export function readDevice({ deviceId, deviceKey }: Readonly<Record<string, string>>): {
  deviceId?: string;
  deviceKey?: unknown;
} {
  const id = deviceIdField.safeParse(deviceId).data;
  const key = deviceKeyField.safeParse(readJson(deviceKey)).data;
  return { ...(id && { deviceId: id }), ...(key && { deviceKey: key }) };
}

function readJson(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
