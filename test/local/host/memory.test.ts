import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Recent } from '#local/gateway/records.ts';
import { Mailbox, mostMails } from '#local/ses/mailbox.ts';
import { newFile } from '../serve.ts';

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
