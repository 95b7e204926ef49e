import { expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { functionsOf, synthesize } from './synthesize.ts';

const { service } = synthesize(findOperations(), {});
const relay = [...functionsOf(service)].find(([id]) => id === 'relay')![1];
const ofType = (type: string) => Object.values(service.Resources).filter(({ Type }) => Type === type);

test('R1.8: the relay has an address of its own, streams, and may take as long as Lambda lets it', () => {
  const [url, ...others] = ofType('AWS::Lambda::Url');
  expect(others).toEqual([]);
  expect(url!.Properties).toMatchObject({ AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' });
  expect(relay.Properties['Timeout']).toBe(900);
});

test('C64: the relay is called through its address alone, and no route of the API leads to it', () => {
  const permissions = ofType('AWS::Lambda::Permission').filter(({ Properties }) =>
    JSON.stringify(Properties['FunctionName']).includes('"Relay'),
  );
  expect(permissions.map(({ Properties: { FunctionName: _, ...rest } }) => rest)).toEqual([
    { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE', Principal: '*' },
    { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal: '*' },
  ]);
  const [api] = ofType('AWS::ApiGatewayV2::Api');
  const { components } = api!.Properties['Body'] as { components: Record<string, object> };
  const routed = Object.keys(components['x-amazon-apigateway-integrations']!);
  expect(routed).toContain('me-read');
  expect(routed).not.toContain('relay');
});
