import * as z from 'zod/mini';

const attribute = z.object({ AttributeName: z.string(), AttributeType: z.string() });
const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const index = z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: z.unknown() });
const table = z.object({
  AttributeDefinitions: z.array(attribute),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z._default(z.array(index), []),
  StreamSpecification: z.optional(z.unknown()),
  TimeToLiveSpecification: z.optional(z.unknown()),
});
const key = z.object({
  KeySpec: z.string(),
  KeyUsage: z.optional(z.string()),
  MultiRegion: z._default(z.boolean(), false),
});

const texts = z.record(z.string(), z.string());

/** What a release has that the release before or after it must be compatible with, all as text that is compared. */
export const factsSchema = z.object({
  /** By logical id: how rows are found, read as a stream and expired, and each index by its name. */
  tables: z.record(
    z.string(),
    z.object({ keys: z.string(), stream: z.string(), expiry: z.string(), indexes: texts }),
  ),
  /** The kind of each key, by logical id. */
  keys: texts,
  /** Outputs of the stateful stack. */
  outputs: z.array(z.string()),
  /** What the service stack reads of the stateful stack: outputs, and indexes such as `UsersTable/byEmail`. */
  uses: z.array(z.string()),
});

export type Facts = z.infer<typeof factsSchema>;

export interface Template {
  Resources: Readonly<Record<string, { Type: string; Properties?: unknown }>>;
  Outputs?: Readonly<Record<string, unknown>>;
}

/** The facts of the templates of a release. */
export function factsOf(stateful: Template, service: Template): Facts {
  const ofType = (type: string) => Object.entries(stateful.Resources).filter(([, { Type }]) => Type === type);
  return {
    tables: Object.fromEntries(
      ofType('AWS::DynamoDB::Table').map(([id, { Properties }]) => [id, tableFacts(table.parse(Properties))]),
    ),
    keys: Object.fromEntries(
      ofType('AWS::KMS::Key').map(([id, { Properties }]) => {
        const { KeySpec, KeyUsage, MultiRegion } = key.parse(Properties);
        return [id, `${KeySpec} ${KeyUsage}${MultiRegion ? ', multi-region' : ''}`];
      }),
    ),
    outputs: Object.keys(stateful.Outputs ?? {}).toSorted(),
    uses: usesOf(JSON.stringify(service)),
  };
}

function tableFacts(found: z.infer<typeof table>): Facts['tables'][string] {
  const typeOf = (name: string) =>
    found.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  const keysOf = (schema: z.infer<typeof keySchema>): string =>
    schema.map((one) => `${one.KeyType} ${one.AttributeName} ${typeOf(one.AttributeName)}`).join(', ');
  return {
    keys: keysOf(found.KeySchema),
    stream: JSON.stringify(found.StreamSpecification ?? null),
    expiry: JSON.stringify(found.TimeToLiveSpecification ?? null),
    indexes: Object.fromEntries(
      found.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => [
        IndexName,
        `${keysOf(KeySchema)}; ${JSON.stringify(Projection)}`,
      ]),
    ),
  };
}

/** Outputs that a template reads, and indexes that its policies name: `arn of the table, "/index/byEmail"`. */
function usesOf(service: string): string[] {
  const outputs = [...service.matchAll(/"OutputName":"(\w+)"/g)].map(([, name]) => name!);
  const indexes = [...service.matchAll(/"OutputName":"(\w+)Arn"\}\},"\/index\/(\w+)"/g)].map(
    ([, id, name]) => `${id}/${name}`,
  );
  return [...new Set([...outputs, ...indexes])].toSorted();
}
