import { load } from '@fingerprintjs/fingerprintjs';

/** What FingerprintJS takes this browser for: a hint that the owner of a session is shown, and no proof. */
export async function readDeviceId(): Promise<string> {
  const agent = await load({ monitoring: false });
  return (await agent.get()).visitorId;
}
