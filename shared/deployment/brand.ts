import * as z from 'zod/mini';

export const appNameSchema = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(60),
    z.regex(/^[^\p{Cc}<>"]+$/u),
    z.describe('a name of 1 to 60 characters without <, > and double quotes'),
  );

export const appColorSchema = z
  .string()
  .check(z.regex(/^#[0-9a-f]{6}$/i), z.describe('a colour of # and six hexadecimal digits, such as #0a7d4b'));

/** The host becomes a source of the pages' policy. Other characters could add more to the policy. */
const logoAddress = /^https:\/\/[a-z0-9.-]+(:\d+)?\/[!-~]+$/i;

export const appLogoSchema = z.string().check(
  z.maxLength(200),
  z.refine((address) => logoAddress.test(address) && URL.canParse(address)),
  z.describe('the address of an image in 200 characters at most, such as https://www.example.com/logo.svg'),
);
