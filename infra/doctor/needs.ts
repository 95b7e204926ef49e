import type { SynthesizedStack } from '../deploy/deployment.ts';

type Template = Readonly<Record<string, unknown>>;
interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

const resourcesOf = ({ Resources = {} }: Template, type: string): Record<string, unknown>[] =>
  Object.values(Resources as Record<string, Resource>)
    .filter(({ Type }) => Type === type)
    .map(({ Properties = {} }) => Properties);

/** What a deployment needs of the account's quotas, computed from its templates. */
export interface Needs {
  region: string;
  /** Concurrent executions that functions reserve for themselves. */
  reservedConcurrency: number;
  /** Requests that the API lets through in a second; API Gateway's own limit if the template sets none. */
  requestsPerSecond: number;
  /** The size of all bundles, before Lambda packs them. */
  codeBytes: number;
}

const apiGatewayLimit = 10_000;

/**
 * What a deployment needs of the account's quotas.
 * @param codeBytes the size of all functions' bundles.
 */
export function needsOf(stacks: readonly SynthesizedStack[], region: string, codeBytes: number): Needs {
  const all = (type: string) => stacks.flatMap(({ template }) => resourcesOf(template, type));
  const reserved = all('AWS::Lambda::Function').map((one) =>
    Number(one['ReservedConcurrentExecutions'] ?? 0),
  );
  const rates = all('AWS::ApiGatewayV2::Stage').map(({ DefaultRouteSettings: settings }) =>
    Number((settings as Record<string, unknown> | undefined)?.['ThrottlingRateLimit'] ?? apiGatewayLimit),
  );
  return {
    region,
    reservedConcurrency: reserved.reduce((sum, one) => sum + one, 0),
    requestsPerSecond: Math.max(0, ...rates),
    codeBytes,
  };
}

/** The email addresses that a template's topics mail. */
export const emailsIn = (template: Template): string[] =>
  [
    ...resourcesOf(template, 'AWS::SNS::Subscription'),
    ...resourcesOf(template, 'AWS::SNS::Topic').flatMap(({ Subscription = [] }) => Subscription as object[]),
  ].flatMap((one) => {
    const { Protocol, Endpoint, protocol, endpoint } = one as Record<string, unknown>;
    return (Protocol ?? protocol) === 'email' ? [String(Endpoint ?? endpoint)] : [];
  });
