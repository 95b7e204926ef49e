/** How logical ids of a thing begin: `InviteVerify` those of `invite-verify`, `JoinExampleCom` those of `join.example.com`. */
export const logicalIdOf = (name: string): string =>
  name.replaceAll(/(?:^|[.-]+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
