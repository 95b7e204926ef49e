import { fileURLToPath } from 'node:url';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';

interface ApiProps extends StackProps {
  /** Latchkey's address, such as https://join.example.com. */
  issuer: string;
  /** The name of this API in the app's `audiences`. */
  audience: string;
  /** The origins of the pages that call the API. */
  origins: string[];
}

/** An API whose gateway accepts only requests with a Latchkey access token for it. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { issuer, audience, origins, ...props }: ApiProps) {
    super(scope, id, props);
    const handler = new NodejsFunction(this, 'Hello', {
      entry: fileURLToPath(new URL('hello.ts', import.meta.url)),
      runtime: Runtime.NODEJS_24_X,
    });
    const api = new HttpApi(this, 'Api', {
      defaultAuthorizer: new HttpJwtAuthorizer('Latchkey', issuer, { jwtAudience: [audience] }),
      corsPreflight: {
        allowOrigins: origins,
        allowMethods: [CorsHttpMethod.GET],
        allowHeaders: ['authorization'],
      },
    });
    const integration = new HttpLambdaIntegration('Hello', handler);
    api.addRoutes({ path: '/', methods: [HttpMethod.GET], integration });
  }
}
