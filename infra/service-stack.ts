import { CfnOutput, Lazy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addFunctionUrl } from './function-url.ts';
import { createApi } from './http-api.ts';
import { createFunction, type Deployment } from './operation-function.ts';
import { isJob, isOperation, isStream, type Entry } from './entry.ts';
import type { Resources } from './grants.ts';
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
    // Its references do not say to CDK which stack comes first.
    this.addStackDependency(stateful);
    const api = createApi(this, settings, entries.filter(isOperation));
    const origin = settings.origin ?? api.attrApiEndpoint;
    let relay: string | undefined;
    const resources: Resources = {
      stateful,
      sender: createSender(this, settings),
      // Functions that tell it may be made before the one that has it.
      relay: Lazy.string({ produce: () => relay }),
    };
    const deployment: Deployment = { settings, resources, origin, codeOf };
    for (const entry of entries) {
      const reads = isJob(entry) ? statementsForTrigger(entry.declaration, stateful) : [];
      const handler = createFunction(this, entry, deployment, reads);
      if (isJob(entry)) addTrigger(this, entry, handler, resources);
      else if (isStream(entry)) relay = addFunctionUrl(this, entry, handler);
    }
    new CfnOutput(this, 'Address', { value: origin, description: 'Where the app is' });
    new CfnOutput(this, 'ApiEndpoint', {
      value: api.attrApiEndpoint,
      description: 'What a custom domain leads to',
    });
  }
}
