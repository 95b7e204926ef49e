import { join } from 'node:path';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { bundleOptions } from '#infra/bundle/bundle-options.ts';
import { readPolicies } from '#local/gateway/policy.ts';
import type { FunctionSpec } from '#local/host/functions.ts';
import type { Template } from '#local/template/template.ts';
import { variable } from '#shared/deployment/config.ts';
import { keyNames } from '#shared/deployment/keys.ts';

/** The client of each AWS service, and its cheapest command. */
const clients = {
  dynamodb: ['@aws-sdk/client-dynamodb', 'DynamoDBClient', 'GetItemCommand'],
  kms: ['@aws-sdk/client-kms', 'KMSClient', 'GenerateMacCommand'],
  ses: ['@aws-sdk/client-ses', 'SESClient', 'SendEmailCommand'],
} as const;
type Service = keyof typeof clients;

/**
 * Whether a function may use a key other than `sessions`. With that key alone it calls KMS only for a session's next token,
 * once in many requests.
 */
const hasKeyOfItsOwn = ({ environment }: FunctionSpec): boolean =>
  keyNames.some((name) => name !== 'sessions' && Object.hasOwn(environment, variable.key(name)));

/** The AWS services whose clients each function needs, by its policy. */
export function servicesOf(template: Template): (spec: FunctionSpec) => Service[] {
  const policies = readPolicies(template);
  return (spec) => {
    const actions = (policies.get(spec.role) ?? []).flatMap((statement) => statement.actions);
    return (Object.keys(clients) as Service[])
      .filter((service) => actions.some((action) => action.startsWith(`${service}:`)))
      .filter((service) => service !== 'kms' || hasKeyOfItsOwn(spec));
  };
}

/** Bundles the clients of these services into `directory`, with our bundle options, like a function. @returns the bundle's path. */
export async function bundleClients(services: readonly Service[], directory: string): Promise<string> {
  const file = join(directory, `floor-${services.join('-')}.cjs`);
  const modules = services.map((service) => {
    const [name, client, command] = clients[service];
    return `import { ${client}, ${command} } from '${name}';\nexport const ${service} = [new ${client}({}), ${command}];`;
  });
  await build({
    ...bundleOptions,
    plugins: [...bundleOptions.plugins],
    stdin: { contents: modules.join('\n'), resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    outfile: file,
  });
  return file;
}
