import { isCommonPassword } from './common-passwords.ts';
import { isContextPassword } from './context-password.ts';
import { isPasswordLongEnough } from './password.ts';
import type { Fail, FieldMistake } from '../errors/failure.ts';
import { profileOf, type ProfileField } from '../users/profile-fields.ts';
import type { Settings } from '../deployment/settings.ts';

/** The known facts of the person who chooses a password; a `User` has them all. */
export type PasswordOwner = {
  readonly [Field in 'email' | 'username' | ProfileField]?: string | undefined;
};

type Policy = Pick<Settings, 'appName' | 'passwordMinLength'>;

/**
 * Ends the operation with `weak_password`, and the reason at the field `password`, unless the password is long enough,
 * unknown to attackers, and more than a name or an address of its owner or of the app (C22). It requires no kinds of
 * characters: rules of that sort make passwords alike, not strong (ASVS 5.0, 6.2.5).
 */
export async function refuseWeakPassword(
  password: string,
  owner: PasswordOwner,
  settings: Policy,
  refuse: Fail<'weak_password'>,
): Promise<void> {
  const text = await weaknessOf(password, owner, settings);
  const values = { min: settings.passwordMinLength };
  if (text) refuse('weak_password', { values, errors: [{ path: 'password', text, values }] });
}

async function weaknessOf(
  password: string,
  owner: PasswordOwner,
  { appName, passwordMinLength }: Policy,
): Promise<FieldMistake['text'] | undefined> {
  if (!isPasswordLongEnough(password, passwordMinLength)) return 'short';
  const { email = '', username = '' } = owner;
  const names = Object.values(profileOf(owner));
  const pairs = names.flatMap((one, at) => names.toSpliced(at, 1).map((other) => `${one} ${other}`));
  if (isContextPassword(password, [appName, email, username, ...pairs])) return 'contextPassword';
  return (await isCommonPassword(password)) ? 'commonPassword' : undefined;
}
