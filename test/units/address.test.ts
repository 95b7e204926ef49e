import { expect, test } from 'vitest';
import { addressBucket, networkOf } from '#shared/http/address.ts';

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
