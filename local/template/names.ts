/** The ending of a logical id, by resource type: `Table` of AWS::DynamoDB::GlobalTable. */
const wordOf = (type: string): string => type.slice(type.lastIndexOf(':') + 1).replace(/^Global/, '');

/** The resource's name in the code: `invite-verify` for `InviteVerifyFunction`, `users` for `UsersTable`. */
export function shortName(type: string, logicalId: string): string {
  const word = wordOf(type);
  const own = logicalId.endsWith(word) && logicalId !== word ? logicalId.slice(0, -word.length) : logicalId;
  return own.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

/** The property by which a template itself names a resource, by type. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::Lambda::Function': 'FunctionName',
};

/** The name that the template gives a resource; undefined if CloudFormation chooses the name. */
export function ownName(type: string, properties: Readonly<Record<string, unknown>>): string | undefined {
  const property = nameProperties[type];
  const name = property === undefined ? undefined : properties[property];
  if (name === undefined || typeof name === 'string') return name;
  throw new Error(`the name of a ${type} is put together, which the local stack does not support`);
}
