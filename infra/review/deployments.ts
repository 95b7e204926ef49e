/** A hosted zone of Route 53, as an operator has it. */
export const hostedZone = { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' };

const domain = { name: 'join.example.com', hostedZoneId: hostedZone.id };

/** Settings of the deployments whose templates are reviewed: together they have every resource that a template can have. */
export const deployments: Readonly<Record<string, Record<string, unknown>>> = {
  'as it comes': {},
  'with everything': {
    mailFrom: 'invites@example.com',
    mailDomain: 'example.com',
    alarmEmail: 'ops@example.com',
    relayConcurrency: 5,
  },
  'at a domain': { domain, formerDomains: [{ name: 'old.example.com' }] },
  'behind CloudFront': { domain: { ...domain, edge: true }, proxy: { secretHashes: ['0'.repeat(64)] } },
};
