import { Stack, type StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';

interface ApiProps extends StackProps {
  /** Where Latchkey is, such as https://join.example.com. */
  issuer: string;
  /** What the app's `audiences` call this API. */
  audience: string;
  /** The pages that call it. */
  origins: string[];
}

/** An API whose gateway lets in who has an access token of Latchkey for it. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { issuer, audience, origins, ...props }: ApiProps) {
    super(scope, id, props);
    const handler = new NodejsFunction(this, 'Hello', {
      entry: new URL('hello.ts', import.meta.url).pathname,
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
