import * as z from 'zod/mini';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/** A DNS name of the deployment, and what the deployment may use to set it up. */
const ownName = {
  name: z
    .string()
    .check(
      z.maxLength(253),
      z.regex(new RegExp(`^(${label}\\.)+${label}$`)),
      z.describe('a host name in lower case such as join.example.com'),
    ),
  /** The Route 53 zone in which the deployment may write its records; null: the operator enters them at another DNS provider. */
  hostedZoneId: z._default(
    z.nullable(
      z
        .string()
        .check(
          z.regex(/^Z[A-Z0-9]{1,31}$/),
          z.describe('the id of a hosted zone such as Z0123456789ABCDEFGHIJ'),
        ),
    ),
    null,
  ),
  /** An existing certificate; null: the deployment makes one. */
  certificateArn: z._default(
    z.nullable(
      z
        .string()
        .check(
          z.regex(/^arn:[\w-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/),
          z.describe('the ARN of a certificate in ACM'),
        ),
    ),
    null,
  ),
};

export const domainFields = {
  ...ownName,
  /** Whether CloudFront and a firewall stand in front. */
  edge: z._default(z.boolean(), false),
  /** With `edge`: how many requests from one address the firewall lets through in five minutes. */
  requestsPerFiveMinutes: z._default(z.int().check(z.gte(100), z.lte(2_000_000)), 2_000),
};

export const domainSchema = z.strictObject(domainFields);
export const formerDomainSchema = z.strictObject(ownName);

export type Domain = z.infer<typeof domainSchema>;
export type FormerDomain = z.infer<typeof formerDomainSchema>;
