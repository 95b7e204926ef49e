import { expect, test } from 'vitest';
import { addressBucket, addressIn, networkOf } from '#shared/http/address.ts';

test.each([
  ['192.0.2.77', '192.0.2.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:0DB8:0001:0002::6', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8::/48'],
  ['2001:db8:0:ffff::', '2001:db8::/48'],
  ['::1', '::/48'],
  ['::', '::/48'],
  ['1::', '1::/48'],
  ['0:0:7:8:9:a:b:c', '0:0:7::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['::FFFF:c000:024d', '192.0.2.0/24'],
  ['64:ff9b::192.0.2.77', '64:ff9b::/48'],
])('C54: of %s only the network is shown, %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each(['', 'unknown', '192.0.2', '192.0.2.300', '192.0.2.1/24', '01.2.3.4', '1::2::3', '[::1]', 'x:y'])(
  '"%s" is no address and has no network',
  (address) => {
    expect(networkOf(address)).toBeUndefined();
  },
);

test.each([
  ['192.0.2.77', '192.0.2.77'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
])('limits count %s as %s', (address, bucket) => {
  expect(addressBucket(address)).toBe(bucket);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:1', '203.0.113.7'],
  ['203.0.113.7:65535', '203.0.113.7'],
  ['2001:DB8::7', '2001:DB8::7'],
  ['2001:db8::7:4653', '2001:db8::7:4653'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['[2001:db8::7]:4653', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[::FFFF:203.0.113.7]:80', '203.0.113.7'],
])('C29: the header of a proxy that says %s names the address %s', (text, address) => {
  expect(addressIn('x-real-ip', text)).toBe(address);
});

test.each([
  '',
  ' ',
  'unknown',
  '203.0.113.7, 203.0.113.8',
  '203.0.113.7:',
  '203.0.113.7:123456',
  '203.0.113.7:80:80',
])('C29: the header of a proxy that says "%s" names no address', (text) => {
  expect(addressIn('x-real-ip', text)).toBeUndefined();
});

test.each([
  'fe80::1%eth0',
  '[2001:db8::7',
  '2001:db8::7]',
  '[[2001:db8::7]]',
  '2001:db8::7\n',
  '203.0.113.7\n',
  'for=203.0.113.7',
])('C29: nor does one that says %j', (text) => {
  expect(addressIn('x-real-ip', text)).toBeUndefined();
});

test.each([
  ['203.0.113.7:4653', '203.0.113.7'],
  ['2001:db8::3:4:5:6:4653', '2001:db8::3:4:5:6'],
  ['2001:db8:1:2:3:4:5:6:4653', '2001:db8:1:2:3:4:5:6'],
])('C29: CloudFront’s own header always ends in a port: %s is %s', (text, address) => {
  expect(addressIn('cloudfront-viewer-address', text)).toBe(address);
});
