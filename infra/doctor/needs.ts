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

/** What a deployment takes of the account's limits, by its templates. */
export interface Needs {
  region: string;
  /** Instances that functions keep for themselves. */
  reservedConcurrency: number;
  /** Requests that the API lets through in a second; API Gateway's own limit where the template has none. */
  requestsPerSecond: number;
  /** Of all bundles, before Lambda packs them. */
  codeBytes: number;
}

const apiGatewayLimit = 10_000;

/**
 * What a deployment takes of the account's quotas, by its templates.
 * @param codeBytes of all functions' bundles.
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

/** Who is mailed by topics of a template. */
export const emailsIn = (template: Template): string[] =>
  [
    ...resourcesOf(template, 'AWS::SNS::Subscription'),
    ...resourcesOf(template, 'AWS::SNS::Topic').flatMap(({ Subscription = [] }) => Subscription as object[]),
  ].flatMap((one) => {
    const { Protocol, Endpoint, protocol, endpoint } = one as Record<string, unknown>;
    return (Protocol ?? protocol) === 'email' ? [String(Endpoint ?? endpoint)] : [];
  });
