/** `invite-verify` is `InviteVerify`: how ids and names begin logical ids. */
export const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The beginning of logical ids of a name: `join.example.com` is `JoinExampleCom`, whether it is the domain or was it once. */
export const idOf = (name: string): string =>
  name.replaceAll(/(?:^|[.-]+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
