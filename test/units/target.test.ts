import { expect, test } from 'vitest';
import { targetOf } from '#shared/deployment/origin.ts';

test.each([
  ['https://portal.example.com/callback?a=1', 'https://portal.example.com'],
  ['https://portal.example.com:8443/callback', 'https://portal.example.com:8443'],
  ['http://localhost:3000/callback', 'http://localhost:3000'],
  ['http://127.0.0.1/callback', 'http://127.0.0.1:*'],
  ['http://127.0.0.1:4000/callback', 'http://127.0.0.1:*'],
  ['http://[::1]/callback', 'http:'],
  ['http://[::1]:4000/callback', 'http:'],
  ['https://[2001:db8::1]:8443/callback', 'https:'],
  ['com.example.app:/signed-in', 'com.example.app:'],
])('C65: a policy names %s as %s', (address, target) => {
  expect(targetOf(address)).toBe(target);
});
