import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Recent } from '#local/gateway/records.ts';
import { limitThreads } from '#local/host/threads.ts';
import { Mailbox, mostMails } from '#local/ses/mailbox.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { newFile } from '../serve.ts';
import { probe, startFixture } from './fixture.ts';

describe('C116: execution environments', () => {
  let stack: Stack;
  beforeAll(async () => void (stack = await startFixture()));
  afterAll(() => stack.stop());

  test('are bounded: those unused for longest end', async () => {
    limitThreads({ idle: 2, loads: 3, waits: false });
    expect([await probe(stack, 'count'), await probe(stack, 'count')]).toEqual([1, 2]);
    // More versions than the threads have room for.
    for (let version = 0; version < 8; version += 1) {
      stack.deploy({ inviteDays: 20 + version });
      expect(await probe(stack, 'count')).toBe(1);
    }
    expect(await probe(stack, 'count')).toBe(2);
    stack.deploy({});
    expect(await probe(stack, 'count')).toBe(1);
  });

  test('are waited for where there is no room for another of the same function, but not for ever', async () => {
    limitThreads({ idle: 1, loads: 1, waits: true });
    stack.deploy({ inviteDays: 30 });
    // First a cold start, because it may take longer than an event waits for a busy thread.
    expect(await probe(stack, 'count')).toBe(1);
    const both = await Promise.all([probe(stack, 'count'), probe(stack, 'count')]);
    // A request that has waited too long gets a thread of its own.
    expect([
      [2, 3],
      [1, 2],
    ]).toContainEqual(both.toSorted());
    const hanging = probe(stack, 'hang').catch(() => 'ended');
    expect(await probe(stack, 'count')).toBe(1);
    await stack.stop();
    expect(await hanging).toBe('ended');
  });
});

test('C116: of calls, logs and mails the newest are kept, in memory and in files', () => {
  const recent = new Recent<number>(100);
  for (let entry = 0; entry < 1_000; entry += 1) recent.add(entry);
  expect(recent.list()).toEqual(Array.from({ length: 100 }, (_, n) => 900 + n));

  const file = newFile('mails.jsonl');
  const mailbox = new Mailbox(file);
  const sent = 2 * mostMails + 10;
  const mail = { to: 'a@x.test', from: 'b@x.test', subject: '', text: '', html: '', at: '' };
  for (let n = 0; n < sent; n += 1) mailbox.add({ ...mail, id: `mail-${n}`, delivery: 'delivered' });
  expect(mailbox.list()).toHaveLength(mostMails);
  expect(mailbox.list().at(-1)?.id).toBe(`mail-${sent - 1}`);
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(1.5 * mostMails);
  expect(new Mailbox(file).list()).toEqual(mailbox.list());
});
