/** The beginning of a thing's logical ids: `InviteVerify` for `invite-verify`, `JoinExampleCom` for `join.example.com`. */
export const logicalIdOf = (name: string): string =>
  name.replaceAll(/(?:^|[.-]+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
