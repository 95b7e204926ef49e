import type { App } from 'aws-cdk-lib';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Entry } from './entry.ts';
import { ServiceStack } from './service-stack.ts';
import { StatefulStack } from './stateful-stack.ts';

/** The stacks of a deployment with these settings and operations; `codeOf` gives the folder of a bundle. */
export function createStacks(
  app: App,
  settings: Settings,
  entries: readonly Entry[],
  codeOf: (id: string) => string,
): { stateful: StatefulStack; service: ServiceStack } {
  const env = { region: settings.region };
  const stateful = new StatefulStack(app, 'latchkey-stateful', { env, settings });
  const service = new ServiceStack(app, 'latchkey-service', { env, settings, entries, stateful, codeOf });
  return { stateful, service };
}
