import type { Grant } from '#shared/deployment/capability.ts';

const services = { table: 'dynamodb', index: 'dynamodb', key: 'kms' } as const;

/** What `grant` is on, as the gateway's records name it; undefined for what is no table and no key. */
function resourceOf(grant: Grant): string | undefined {
  switch (grant.on) {
    case 'table':
      return `table/${grant.table}`;
    case 'index':
      return `table/${grant.table}/index/${grant.index}`;
    case 'key':
      return `key/${grant.key}`;
    default:
      return undefined;
  }
}

/** What grants on tables and keys allow, in lines such as `dynamodb:PutItem table/users`. */
export const grantsIn = (grants: readonly Grant[]): string[] => [
  ...new Set(
    grants.flatMap((grant) => {
      const resource = resourceOf(grant);
      if (resource === undefined) return [];
      const service = services[grant.on as keyof typeof services];
      return grant.actions.map((action) => `${service}:${action} ${resource}`);
    }),
  ),
];
