import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { functionsOf, type Template } from '../infra/synthesize.ts';

test('the local stack sends 50 mails a second, and from an address of its own', () => {
  const file = join(inject('assemblies').limited, 'latchkey-service.template.json');
  const functions = functionsOf(JSON.parse(readFileSync(file, 'utf8')) as Template);
  for (const { Properties } of functions.values()) {
    const { Variables } = Properties['Environment'] as { Variables: Record<string, string> };
    expect(JSON.parse(Variables['SETTINGS']!)).toMatchObject({
      mailsPerSecond: 50,
      mailFrom: 'invites@latchkey.example',
    });
  }
});
