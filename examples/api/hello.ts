import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The gateway has checked the token. */
export async function handler({
  requestContext: { authorizer },
}: APIGatewayProxyEventV2WithJWTAuthorizer): Promise<APIGatewayProxyStructuredResultV2> {
  const { sub, role } = authorizer.jwt.claims;
  return { statusCode: 200, body: `Hello from the API, ${role} ${sub}` };
}
