import { readFileSync } from 'node:fs';
import { environmentOf } from '#local/host/environment.ts';
import { readFunctions, type FunctionSpec } from '#local/host/functions.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { readTemplate } from '#local/template/template.ts';
import type { Work } from './metered-work.ts';
import { Metered } from './metered.ts';

/** The work and the environment with which a function of a stack runs in its own process. */
export function readFunction(
  { app, aws, relay }: Pick<Stack, 'app' | 'aws'> & Partial<Pick<Stack, 'relay'>>,
  assembly: string,
  id: string,
): { work: Work; environment: Record<string, string>; spec: FunctionSpec } {
  const template = readTemplate(assembly, { apiUrl: app, relayUrl: relay ?? '', prefix: '' });
  const spec = readFunctions(template).find((one) => one.id === id)!;
  const { file, exportName } = spec;
  return {
    spec,
    work: { kind: 'handler', file, exportName },
    environment: environmentOf(spec, template.region, aws),
  };
}

/** A function of a stack in its own process, and its environment there. */
export function meteredFunction(...of: Parameters<typeof readFunction>): {
  metered: Metered;
  environment: Record<string, string>;
} {
  const { work, environment } = readFunction(...of);
  return { metered: new Metered(work, environment), environment };
}

interface Asked {
  body?: object;
  form?: Record<string, string>;
  query?: Record<string, string>;
  token?: string;
}

/** The sample event of an operation, as JSON, with another body, form, query or token. */
export function eventOf(id: string, { body, form, query, token }: Asked): string {
  const file = new URL(`../../events/${id}.json`, import.meta.url);
  const sample = JSON.parse(readFileSync(file, 'utf8')) as { headers: object };
  const headers = { ...sample.headers, ...(token && { authorization: `Bearer ${token}` }) };
  const sent = form ? String(new URLSearchParams(form)) : body && JSON.stringify(body);
  return JSON.stringify({
    ...sample,
    headers,
    ...(sent && { body: sent }),
    ...(query && {
      queryStringParameters: query,
      rawQueryString: String(new URLSearchParams(query)),
    }),
  });
}
