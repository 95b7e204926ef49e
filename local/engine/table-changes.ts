import * as z from 'zod/mini';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const attribute = z.object({ AttributeName: z.string(), AttributeType: z.string() });

/** A table of the template. */
export const tableSchema = z.object({
  AttributeDefinitions: z.array(attribute),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z._default(
    z.array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: z.unknown() })),
    [],
  ),
  StreamSpecification: z.optional(z.object({ StreamViewType: z.string() })),
  TimeToLiveSpecification: z.optional(
    z.object({ AttributeName: z.string(), Enabled: z.optional(z.boolean()) }),
  ),
});

/** A table as an engine describes it. */
export const keptSchema = z.object({
  AttributeDefinitions: z.array(attribute),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z._default(
    z.array(z.object({ IndexName: z.string(), KeySchema: keySchema, IndexStatus: z.optional(z.string()) })),
    [],
  ),
  StreamSpecification: z.optional(z.object({ StreamEnabled: z.boolean() })),
});

type Wanted = z.infer<typeof tableSchema>;
type Kept = z.infer<typeof keptSchema>;

/** Keys with their types, in a comparable and readable form: `pk S, sk S`. */
const keysOf = (
  schema: Kept['KeySchema'],
  { AttributeDefinitions }: Pick<Kept, 'AttributeDefinitions'>,
): string =>
  schema
    .map(({ AttributeName: name }) => {
      const found = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name);
      return `${name} ${found?.AttributeType}`;
    })
    .join(', ');

/** The reasons why a stored table cannot become the wanted one without losing rows or access to them. */
export function refusalsOf(name: string, kept: Kept, wanted: Wanted): string[] {
  const [was, is] = [keysOf(kept.KeySchema, kept), keysOf(wanted.KeySchema, wanted)];
  return [
    ...(was === is ? [] : [`The stored table ${name} has the keys ${was}, and this version wants ${is}.`]),
    ...wanted.GlobalSecondaryIndexes.flatMap(({ IndexName, KeySchema }) => {
      const there = kept.GlobalSecondaryIndexes.find((one) => one.IndexName === IndexName);
      return !there || keysOf(there.KeySchema, kept) === keysOf(KeySchema, wanted)
        ? []
        : [`The index ${IndexName} of the stored table ${name} has other keys than in this version.`];
    }),
  ];
}

/** The updates (UpdateTable) by which CloudFormation changes a stored table into the wanted one, each in its own deployment. */
export function updatesOf(kept: Kept, wanted: Wanted): object[] {
  const nameOf = ({ IndexName }: { IndexName: string }): string => IndexName;
  const [there, named] = [kept.GlobalSecondaryIndexes.map(nameOf), wanted.GlobalSecondaryIndexes.map(nameOf)];
  const stream = wanted.StreamSpecification;
  return [
    ...there
      .filter((name) => !named.includes(name))
      .map((IndexName) => ({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] })),
    ...wanted.GlobalSecondaryIndexes.filter(({ IndexName }) => !there.includes(IndexName)).map((index) => ({
      AttributeDefinitions: wanted.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    })),
    ...(stream && !kept.StreamSpecification?.StreamEnabled
      ? [{ StreamSpecification: { StreamEnabled: true, ...stream } }]
      : []),
  ];
}
