/** What a logical id ends with, by resource type: `Table` of AWS::DynamoDB::GlobalTable. */
const wordOf = (type: string): string => type.slice(type.lastIndexOf(':') + 1).replace(/^Global/, '');

/** `InviteVerifyFunction` is `invite-verify`, `UsersTable` is `users`: the word that the code uses for it. */
export function shortName(type: string, logicalId: string): string {
  const word = wordOf(type);
  const own = logicalId.endsWith(word) && logicalId !== word ? logicalId.slice(0, -word.length) : logicalId;
  return own.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
