import { CfnOutput, Fn, Lazy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import { relayPath } from '#shared/deployment/addresses.ts';
import { restoredTablesOutput } from '#shared/deployment/stack-names.ts';
import { createFailures } from '../function/failures.ts';
import { addFunctionUrl } from '../api/function-url.ts';
import { createApi } from '../api/http-api.ts';
import { createFunction, type Deployment } from '../function/operation-function.ts';
import { isJob, isOperation, isStream, readsStream, type Entry } from '../entry.ts';
import type { Resources } from '../function/grants.ts';
import type { MailStack } from './mail-stack.ts';
import type { Watched } from '../monitoring/alarms.ts';
import { publish } from './publish.ts';
import type { StatefulStack } from './stateful-stack.ts';
import { addTrigger, statementsForTrigger } from '../function/triggers.ts';

interface Properties extends StackProps, Pick<Deployment, 'settings' | 'codeOf'> {
  entries: readonly Entry[];
  stateful: StatefulStack;
  /** Undefined in copy-link mode. */
  mail: MailStack | undefined;
}

/** What each release replaces: the API, and a function with its own role for every operation. */
export class ServiceStack extends Stack {
  /** For the alarms, which read it from this stack's outputs. */
  readonly watched: Watched;

  constructor(
    scope: Construct,
    id: string,
    { entries, stateful, mail, settings, codeOf, ...properties }: Properties,
  ) {
    super(scope, id, { description: 'Latchkey: the API and its operations', ...properties });
    // CDK does not derive the order of the stacks from these references.
    for (const stack of [stateful, mail]) if (stack) this.addStackDependency(stack);
    const { api, deployStageLast } = createApi(this, settings, entries.filter(isOperation));
    const origin = settings.origin ?? api.attrApiEndpoint;
    const atOrigin = settings.proxy?.relay ? `${origin}${relayPath}` : undefined;
    let relay: string | undefined;
    const resources: Resources = {
      stateful,
      failures: createFailures(this),
      sender: mail?.sender,
      // Functions that need the relay's address may be made before the relay itself.
      relay: atOrigin ?? Lazy.string({ produce: () => relay }),
    };
    const deployment: Deployment = { settings, resources, origin, codeOf };
    const streamReaders: string[] = [];
    for (const entry of entries) {
      const reads = isJob(entry) ? statementsForTrigger(entry.declaration, resources) : [];
      const handler = createFunction(this, entry, deployment, reads);
      if (isJob(entry)) addTrigger(this, entry, handler, resources);
      if (readsStream(entry))
        streamReaders.push(publish(this, `${logicalIdOf(entry.id)}Reader`, handler.ref));
      if (isStream(entry)) relay = addFunctionUrl(this, entry, handler, atOrigin);
    }
    deployStageLast();
    const restored = JSON.stringify(settings.restoredTables);
    // `latchkey restore` reads here which restored tables are in use in place of the stateful stack's.
    if (restored !== '{}') new CfnOutput(this, restoredTablesOutput, { value: restored });
    this.watched = {
      apiId: publish(this, 'ApiId', api.ref),
      failures: publish(this, 'FailuresName', resources.failures.name),
      streamReaders,
    };
    new CfnOutput(this, 'Address', { value: origin, description: 'Where the app is' });
    new CfnOutput(this, 'ApiEndpoint', {
      value: api.attrApiEndpoint,
      description: 'What a custom domain leads to',
    });
    // For the stacks of the domain and of CloudFront, so that they can be deployed before this stack knows of them.
    new CfnOutput(this, 'ApiHost', { value: hostOf(api.attrApiEndpoint) });
    if (relay !== undefined) new CfnOutput(this, 'RelayHost', { value: hostOf(relay) });
  }
}

const hostOf = (url: string): string => Fn.select(2, Fn.split('/', url));
