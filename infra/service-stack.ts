import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addFunctionUrl } from './function-url.ts';
import { addRoutes, createApi } from './http-api.ts';
import { createFunction, type Deployment } from './operation-function.ts';
import { isJob, isStream, type Entry } from './entry.ts';
import { createSender } from './sender.ts';
import type { StatefulStack } from './stateful-stack.ts';
import { addTrigger, statementsForTrigger } from './triggers.ts';

interface Properties extends StackProps, Pick<Deployment, 'settings' | 'codeOf'> {
  entries: readonly Entry[];
  stateful: StatefulStack;
}

/** What each release replaces: the API, and a function with its own role for every operation. */
export class ServiceStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { entries, stateful, settings, codeOf, ...properties }: Properties,
  ) {
    super(scope, id, { description: 'Latchkey: the API and its operations', ...properties });
    const api = createApi(this, settings);
    const origin = settings.origin ?? api.attrApiEndpoint;
    const resources = { stateful, sender: createSender(this, settings) };
    const deployment: Deployment = { settings, resources, origin, codeOf };
    for (const entry of entries) {
      if (isJob(entry)) {
        const handler = createFunction(
          this,
          entry,
          deployment,
          statementsForTrigger(entry.declaration, stateful),
        );
        addTrigger(this, entry, handler, resources);
      } else if (isStream(entry)) addFunctionUrl(this, entry, createFunction(this, entry, deployment));
      else addRoutes(this, api, entry, createFunction(this, entry, deployment));
    }
    new CfnOutput(this, 'Address', { value: origin, description: 'Where the app is' });
    new CfnOutput(this, 'ApiEndpoint', {
      value: api.attrApiEndpoint,
      description: 'What a custom domain leads to',
    });
  }
}
