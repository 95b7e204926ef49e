import type { Stack } from 'aws-cdk-lib';
import { routedArn } from './api-role.ts';
import type { Entry } from '../entry.ts';
import { routesOf } from './routes.ts';

const integrations = 'x-amazon-apigateway-integrations';

/** The route `$default` in OpenAPI: a path and a method that only API Gateway knows. */
const fallback = { path: '/$default', method: 'x-amazon-apigateway-any-method' };

/**
 * The HTTP API's routes in OpenAPI 3.0, with API Gateway's extensions: one integration per operation, which its routes
 * share. It holds only what API Gateway needs; `/openapi.json` is the document for people.
 */
export function apiBody(stack: Stack, entries: readonly Entry[], credentials: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const entry of entries)
    for (const route of routesOf(entry)) {
      const { path, method, ...more } = operationOf(route, entry.id);
      paths[path] = { ...paths[path], ...parametersOf(path), [method]: more };
    }
  return {
    openapi: '3.0.1',
    info: { title: 'latchkey', description: 'Latchkey', version: '1' },
    paths,
    components: {
      [integrations]: Object.fromEntries(
        entries.map(({ id }) => [id, integrationOf(stack, routedArn(stack, id), credentials)]),
      ),
    },
  };
}

function operationOf(route: string, id: string) {
  const integration = {
    'x-amazon-apigateway-integration': { $ref: `#/components/${integrations}/${id}` },
  };
  if (route === '$default') return { ...fallback, isDefaultRoute: true, ...integration };
  const [method = '', path = ''] = route.split(' ');
  // OpenAPI requires a response.
  const responses = { default: { description: 'See /openapi.json.' } };
  return { path, method: method.toLowerCase(), responses, ...integration };
}

/**
 * OpenAPI requires a path's parameters to be declared; API Gateway warns about a missing one. The name of a parameter
 * that takes the rest of the path ends in `+`, as API Gateway itself writes it.
 */
function parametersOf(path: string): object {
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return parameters.length > 0 ? { parameters } : {};
}

const integrationOf = ({ partition, region }: Stack, functionArn: string, credentials: string) => ({
  type: 'AWS_PROXY',
  httpMethod: 'POST',
  payloadFormatVersion: '2.0',
  uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
  credentials,
});
