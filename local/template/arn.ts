/** The account id of the local stack. */
export const account = '000000000000';

/** Makes an ARN of the local account; `resource` is the part after the account, such as `table/users`. */
export const arn = (service: string, region: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** The resource part of an ARN: `table/users` of `arn:aws:dynamodb:us-east-1:000000000000:table/users`. */
export const resourceOf = (name: string): string => name.split(':').slice(5).join(':');

/** The table in the ARN of a table, an index or a stream; undefined for other ARNs. */
export const tableOf = (name: string): string | undefined => /^table\/([^/]+)/.exec(resourceOf(name))?.[1];
