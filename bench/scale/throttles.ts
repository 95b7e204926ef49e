import { readTemplate } from '#local/template/template.ts';
import { readFunctions } from '#local/host/functions.ts';
import { readRoutes } from '#local/host/read-routes.ts';
import { demanded } from './assumptions.ts';
import { mostRequestsPerSecond } from './limits.ts';

interface Throttle {
  ThrottlingRateLimit: number;
}
interface Stage {
  DefaultRouteSettings: Throttle;
  RouteSettings?: Record<string, Throttle>;
}

/** The API's limit in requests per second for each operation, with the setting at its maximum. Each route has its share of it. */
export function throttlesOf(assembly: string): Map<string, number> {
  const template = readTemplate(assembly, { apiUrl: 'https://join.example.com', relayUrl: '', prefix: '' });
  const stage = template.resources('AWS::ApiGatewayV2::Stage')[0]!.properties;
  const { DefaultRouteSettings: usual, RouteSettings: own = {} } = stage as Stage;
  const names = new Map(readFunctions(template).map(({ arn, id }) => [arn, id]));
  const rates = readRoutes(template).flatMap(({ key, target }) => {
    const { ThrottlingRateLimit: rate } = own[key] ?? usual;
    return [[names.get(target) ?? '', (rate / usual.ThrottlingRateLimit) * mostRequestsPerSecond] as const];
  });
  return new Map(rates.filter(([id]) => (demanded as string[]).includes(id)));
}
