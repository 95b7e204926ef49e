import { beforeAll, describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { send } from '../harness/http/http.ts';
import { isSuppressed } from '../harness/invites/feedback.ts';
import { firstAdmin, invite, somebody, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { openDesk } from './desk.ts';
import { useBrowser } from './visit.ts';

const reason = 'Reason (kept in the audit trail)';
const address = 'Address to write to again';

describe.skipIf(!browserRuns)('letting mail go out again', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  /** An invite whose mail has bounced. */
  const bounced = async () => {
    const email = `bounce+${somebody().username}@simulator.amazonses.com`;
    const [row] = await invite(stack(), admin, { emails: [email] });
    await stack().settle();
    expect(await isSuppressed(stack(), email)).toBe(true);
    return { email, id: row!.id };
  };
  const desk = async (path: string) => openDesk(await open({ locale: 'en' }), stack(), admin, path);
  const lift = (within: Locator) => within.getByRole('button', { name: 'Let mail go out again' }).click();

  test('R7.3 C62: the page of an invite that came back offers it, asks why, and the new link is mailed', async () => {
    const { email, id } = await bounced();
    const page = await desk(`/admin/invites/${id}`);
    const form = page.locator('details', { hasText: 'Let mail go out again' });
    await form.locator('summary').click();
    expect(await form.getByLabel(address).inputValue()).toBe(email);
    await lift(form);
    expect(await isSuppressed(stack(), email), 'without a reason').toBe(true);

    await form.getByLabel(reason).fill('The mailbox was full.');
    await form.getByLabel(address).fill('nobody@example.com');
    await lift(form);
    await form.getByText('Mail to this address is not held back.').waitFor();
    expect(await form.getByLabel(reason).inputValue(), 'what was typed stays').toBe('The mailbox was full.');
    expect(await mistakesOf(page)).toEqual([]);

    await form.getByLabel(address).fill(email);
    await lift(form);
    await form.getByText('Mail goes out again.').waitFor();
    expect(await isSuppressed(stack(), email)).toBe(false);
  });

  test('R7.2 C62: the preview names who gets none for it, and counts them once it is lifted', async () => {
    const { email, id } = await bounced();
    const { token } = admin.session;
    await send(stack(), 'DELETE', `/v1/admin/invites/${id}`, { token });
    const page = await desk('/admin/invites/new?way=mail');
    const preview = async () => {
      await page.getByLabel('Email addresses').fill(email);
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByText('Nothing is sent yet').waitFor();
    };
    await preview();
    const form = page.locator('details', { hasText: 'Let mail go out again' });
    await form.locator('summary').click();
    await form.getByLabel(address).fill(email);
    await form.getByLabel(reason).fill('The address was set up.');
    await lift(form);
    await form.getByText('Mail goes out again.').waitFor();
    await preview();
    await page.getByRole('button', { name: 'Send 1 mail' }).waitFor();
  });
});
