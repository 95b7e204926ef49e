import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { Settings } from '#shared/deployment/settings.ts';
import { functionsOf, type Template } from '../../infra/synthesize.ts';
import { useJobs } from './assembly.ts';

const address = 'invites@latchkey.example';

test('the local stack sends 50 mails a second, and from an address of its own', () => {
  const file = join(inject('assemblies').limited, 'latchkey-service.template.json');
  const functions = functionsOf(JSON.parse(readFileSync(file, 'utf8')) as Template);
  for (const { Properties } of functions.values()) {
    const { Variables } = Properties['Environment'] as { Variables: Record<string, string> };
    const { mailsPerSecond = 50, mailFrom = address } = JSON.parse(
      Variables['SETTINGS']!,
    ) as Partial<Settings>;
    expect({ mailsPerSecond, mailFrom }).toEqual({ mailsPerSecond: 50, mailFrom: address });
  }
  const { Properties } = functions.get('mail-send')!;
  expect(JSON.stringify(Properties)).toContain(address);
});

const counter = '(() => { let calls = 0; return async () => (calls += 1); })()';
const { stack } = useJobs({
  reader: { trigger: { everyMinutes: 1440 }, settings: ['codeMinutes'], handler: counter },
  other: { trigger: { everyMinutes: 1440 }, handler: counter },
});

test('a change of settings starts those functions anew that read them, and a return finds the former instances', async () => {
  const calls = async () => [await stack().invoke('reader'), await stack().invoke('other')];
  expect(await calls()).toEqual([1, 1]);
  stack().deploy({ codeMinutes: 7 });
  expect(await calls()).toEqual([1, 2]);
  stack().deploy({ codeMinutes: 8 });
  expect(await calls()).toEqual([1, 3]);
  stack().deploy({ codeMinutes: 7 });
  expect(await calls()).toEqual([2, 4]);
  stack().deploy({});
  expect(await calls()).toEqual([2, 5]);
});

test('a restart ends the instances of every version', async () => {
  stack().deploy({ codeMinutes: 7 });
  await stack().invoke('reader');
  stack().restart('reader');
  stack().deploy({});
  expect(await stack().invoke('reader')).toBe(1);
  stack().deploy({ codeMinutes: 7 });
  expect(await stack().invoke('reader')).toBe(1);
});
