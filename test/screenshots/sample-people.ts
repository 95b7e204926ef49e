import type { Stack } from '#local/stack/running-stack.ts';
import { invite, mailedToken, password, register, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { ask, relayToken, storeKey } from '../harness/relay/relay.ts';

const dayInSeconds = 24 * 60 * 60;

/** The people in the pictures: how many days ago they registered, and the label of their invite. */
const guests = [
  { daysAgo: 11, firstName: 'Mia', lastName: 'Sommer', label: 'choir' },
  { daysAgo: 9, firstName: 'Noah', lastName: 'Winter', label: 'choir' },
  { daysAgo: 9, firstName: 'Yuki', lastName: 'Tanaka', label: 'choir' },
  { daysAgo: 6, firstName: 'Lea', lastName: 'Fischer', label: 'office' },
  { daysAgo: 4, firstName: 'Omar', lastName: 'Haddad', label: 'office' },
  { daysAgo: 2, firstName: 'Wei', lastName: 'Chen', label: 'choir' },
] as const;

/** Guests who have not registered. The last one's mail bounces (SES's simulator). */
const invited = [
  'ines@example.com',
  'jonas@example.com',
  'kai@example.com',
  'bounce@simulator.amazonses.com',
];

/** Fills a stack with a small choir over two weeks. @returns its administrator and one of its members. */
export async function fillWithPeople(stack: Stack): Promise<{ admin: SignedIn; member: SignedIn }> {
  stack.clock.offsetSeconds = -12 * dayInSeconds;
  const { url } = (await stack.invoke('admin-bootstrap')) as { url: string };
  const ada = { email: 'ada@example.com', username: 'ada', firstName: 'Ada', lastName: 'Becker', password };
  const admin = await register(stack, tokenOf(url), ada);
  let member = admin;
  for (const { daysAgo, firstName, lastName, label } of guests) {
    stack.clock.offsetSeconds = -daysAgo * dayInSeconds;
    const username = firstName.toLowerCase();
    const email = `${username}@example.com`;
    await invite(stack, admin, { emails: [email], label, locale: 'en' });
    const who = { email, username, firstName, lastName, password };
    member = await register(stack, await mailedToken(stack, email), who);
  }
  stack.clock.offsetSeconds = -dayInSeconds;
  await invite(stack, admin, { emails: invited, label: 'choir', locale: 'en' });
  await invite(stack, admin, { count: 1, maxUses: 20, label: 'open-day', locale: 'en' });
  await useKey(stack, member);
  stack.clock.offsetSeconds = 0;
  await stack.settle();
  return { admin, member };
}

/** Some calls on two days, for the charts. */
async function useKey(stack: Stack, member: SignedIn): Promise<void> {
  await storeKey(stack, member, 'claude');
  for (const daysAgo of [1, 1, 1, 0]) {
    stack.clock.offsetSeconds = -daysAgo * dayInSeconds;
    await ask(stack, await relayToken(stack, member));
  }
}
