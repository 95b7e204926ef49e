import { load } from '@fingerprintjs/fingerprintjs';

/** FingerprintJS's id of this browser: a hint that is shown to a session's owner, not a proof. */
export async function readDeviceId(): Promise<string> {
  const agent = await load({ monitoring: false });
  return (await agent.get()).visitorId;
}
