import { expect, test, vi } from 'vitest';
import { readCookies } from '#shared/http/cookies.ts';

test('blanks and tabs around a cookie go, and those within stay', () => {
  expect(readCookies([' \t__Host-session\t =\ta b ', '\u2000__Host-device=c'])).toEqual({
    '__Host-session': 'a b',
    '\u2000__Host-device': 'c',
  });
});

test('C90: no regular expression looks at a cookie, since blanks within would cost the square of their number', () => {
  const replace = vi.spyOn(String.prototype, 'replace');
  readCookies([`a=b${' '.repeat(9_500)}c`]);
  expect(replace).not.toHaveBeenCalled();
  replace.mockRestore();
});
