import type { Stack } from '#local/stack/running-stack.ts';
import { newDevice, type TestDevice } from './devices.ts';
import { invited } from '../http/pages.ts';
import { openInvite, somebody, type SignedIn } from './people.ts';
import type { Visitor } from '../http/visitor.ts';

/** A browser in which a guest has registered by an invite for one device, and the device. */
export async function boundVisitor(
  stack: Stack,
  admin: SignedIn,
): Promise<{ visitor: Visitor; device: TestDevice; who: ReturnType<typeof somebody>; token: string }> {
  const [device, who] = [await newDevice(), somebody('bound')];
  const token = await openInvite(stack, admin, { kind: 'device' });
  const { visitor, form } = await invited(stack, token);
  const fields = { ...who, deviceKey: JSON.stringify(device.deviceKey) };
  const answer = await visitor.submit(form, '/register', fields);
  if (answer.status !== 303) throw new Error(`the form answered ${answer.status} ${answer.text}`);
  return { visitor, device, who, token };
}
