import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { Settings } from '#shared/deployment/settings.ts';
import { functionsOf, type Template } from '../../infra/synthesize.ts';

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
