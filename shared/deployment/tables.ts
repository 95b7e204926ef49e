/**
 * Every table with its keys and indexes; `docs/data.md` says which read each one serves.
 * S is a string, N a number. All tables delete rows past `ttl` (epoch seconds).
 */
export const tables = {
  users: {
    partition: { pk: 'S' },
    indexes: {
      byCreated: { partition: { listing: 'S' }, sort: { createdAt: 'N' } },
      byEmail: { partition: { listing: 'S' }, sort: { email: 'S' } },
      byUsername: { partition: { listing: 'S' }, sort: { username: 'S' } },
    },
  },
  credentials: { partition: { userId: 'S' }, indexes: {} },
  keys: {
    partition: { userId: 'S' },
    sort: { service: 'S' },
    indexes: { byReminder: { partition: { reminder: 'S' }, sort: { remindAt: 'N' } } },
  },
  quotas: { partition: { userId: 'S' }, indexes: {} },
  invites: {
    partition: { pk: 'S' },
    sort: { sk: 'S' },
    indexes: {
      byCreated: { partition: { listing: 'S' }, sort: { createdAt: 'N' } },
      byState: { partition: { state: 'S' }, sort: { expiresAt: 'N' } },
      byEmail: { partition: { listing: 'S' }, sort: { email: 'S' } },
      byIssuer: { partition: { issuerId: 'S' }, sort: { createdAt: 'N' } },
      byLabel: { partition: { label: 'S' }, sort: { createdAt: 'N' } },
      byTrouble: { partition: { trouble: 'S' }, sort: { createdAt: 'N' } },
    },
  },
  sessions: { partition: { userId: 'S' }, sort: { id: 'S' }, indexes: {} },
  grants: { partition: { userId: 'S' }, sort: { id: 'S' }, indexes: {} },
  codes: { partition: { pk: 'S' }, indexes: {} },
  signers: { partition: { pk: 'S' }, sort: { number: 'N' }, indexes: {} },
  counters: { partition: { pk: 'S' }, indexes: {} },
  mails: {
    partition: { id: 'S' },
    stream: true,
    indexes: { byDue: { partition: { queue: 'S' }, sort: { dueAt: 'N' } } },
  },
  audit: {
    partition: { pk: 'S' },
    sort: { sk: 'S' },
    indexes: {
      byActor: { partition: { actorId: 'S' }, sort: { sk: 'S' } },
      bySubject: { partition: { subjectId: 'S' }, sort: { sk: 'S' } },
    },
  },
} as const satisfies Record<string, Table>;

type Attribute = Record<string, 'S' | 'N'>;
interface Index {
  partition: Attribute;
  sort: Attribute;
}
export interface Table {
  partition: Attribute;
  sort?: Attribute;
  /** New images are streamed to an operation. */
  stream?: boolean;
  indexes: Record<string, Index>;
}

export type TableName = keyof typeof tables;
export type IndexName<T extends TableName> = keyof (typeof tables)[T]['indexes'] & string;
export const tableNames = Object.keys(tables) as TableName[];
