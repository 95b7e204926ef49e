import type { Grant } from '#shared/deployment/capability.ts';

const services = { table: 'dynamodb', index: 'dynamodb', key: 'kms' } as const;

/** The resource of a grant, as the gateway's records name it; undefined unless it is a table, an index or a key. */
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

/** The actions that grants on tables and keys allow, in lines such as `dynamodb:PutItem table/users`. */
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
