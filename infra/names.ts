/** `invite-verify` is `InviteVerify`: how ids and names begin logical ids. */
export const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
