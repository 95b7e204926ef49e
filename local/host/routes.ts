export interface Route {
  /** Such as `GET /v1/invites/{id}` or `$default`. */
  key: string;
  /** ARN of the function. */
  target: string;
  /** Whether the API's role may start the function; API Gateway answers 500 otherwise. */
  allowed: boolean;
  /** Milliseconds until API Gateway gives up waiting. */
  timeoutMs: number;
}

export interface Match {
  route: Route;
  /** Decoded. */
  parameters: Readonly<Record<string, string>>;
}

interface Pattern {
  route: Route;
  method: string;
  segments: readonly string[];
  greedy: boolean;
}

const isParameter = (segment: string): boolean => segment.startsWith('{');

function pattern(route: Route): Pattern {
  const [method = '', path = ''] = route.key.split(' ');
  const segments = path.split('/').slice(1);
  return { route, method, segments, greedy: segments.at(-1)?.endsWith('+}') ?? false };
}

/** Full matches before greedy ones, literal segments before parameters, longer before shorter, a method before ANY. */
function bySpecificity(a: Pattern, b: Pattern): number {
  if (a.greedy !== b.greedy) return a.greedy ? 1 : -1;
  for (let i = 0; i < Math.max(a.segments.length, b.segments.length); i += 1) {
    const [one, other] = [a.segments[i], b.segments[i]];
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    if (isParameter(one) !== isParameter(other)) return isParameter(one) ? 1 : -1;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

/** The text with its percent-encoding decoded, or unchanged if it cannot be decoded. */
export const decodePath = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function parametersOf(
  { segments, greedy }: Pattern,
  path: readonly string[],
): Record<string, string> | undefined {
  if (greedy ? path.length < segments.length : path.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const last = greedy && index === segments.length - 1;
    const value = last ? path.slice(index).join('/') : (path[index] ?? '');
    if (!isParameter(segment)) {
      if (segment !== decodePath(value)) return undefined;
    } else {
      if (value === '') return undefined;
      parameters[segment.slice(1, last ? -2 : -1)] = decodePath(value);
    }
  }
  return parameters;
}

/** Finds the route of a request as an HTTP API does; undefined if nothing matches and there is no `$default`. */
export function router(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const patterns = routes
    .filter(({ key }) => key !== '$default')
    .map(pattern)
    .sort(bySpecificity);
  const fallback = routes.find(({ key }) => key === '$default');
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of patterns) {
      if (candidate.method !== method && candidate.method !== 'ANY') continue;
      const parameters = parametersOf(candidate, segments);
      if (parameters !== undefined) return { route: candidate.route, parameters };
    }
    return fallback && { route: fallback, parameters: {} };
  };
}
