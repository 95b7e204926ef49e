import { expect, test } from 'vitest';
import { identitiesOf } from '#shared/mail/identities.ts';

test('R5.5: an address is sent for by itself, by its domain, and by the domains above that', () => {
  expect(identitiesOf('invites@join.example.co.uk')).toEqual([
    'invites@join.example.co.uk',
    'join.example.co.uk',
    'example.co.uk',
    'co.uk',
  ]);
  expect(identitiesOf('example.com')).toEqual(['example.com']);
});
