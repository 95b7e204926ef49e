import type { App } from 'aws-cdk-lib';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import type { Entry } from '../entry.ts';
import { createFront } from './front.ts';
import { MonitoringStack } from './monitoring-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { MailStack } from './mail-stack.ts';
import { StatefulStack } from './stateful-stack.ts';

export interface Stacks {
  stateful: StatefulStack;
  /** Undefined if no mail goes out. */
  mail: MailStack | undefined;
  service: ServiceStack;
  /** Undefined if alarms have no address to mail. */
  monitoring: MonitoringStack | undefined;
}

/** The stacks of a deployment with these settings and operations; `codeOf` gives the folder of a bundle. */
export function createStacks(
  app: App,
  settings: DeploymentSettings,
  entries: readonly Entry[],
  codeOf: (id: string) => string,
): Stacks {
  const env = { region: settings.region };
  const stateful = new StatefulStack(app, stackNameOf(settings, 'stateful'), { env, settings });
  const mail =
    settings.mailFrom === null
      ? undefined
      : new MailStack(app, stackNameOf(settings, 'mail'), { env, settings });
  const service = new ServiceStack(app, stackNameOf(settings, 'service'), {
    env,
    settings,
    entries,
    stateful,
    mail,
    codeOf,
  });
  const monitoring = createMonitoring(app, settings, service);
  createFront(app, settings, monitoring ? [service, monitoring] : [service]);
  return { stateful, mail, service, monitoring };
}

function createMonitoring(
  app: App,
  settings: DeploymentSettings,
  service: ServiceStack,
): MonitoringStack | undefined {
  const { alarmEmail, region } = settings;
  if (alarmEmail === null) return undefined;
  const { watched } = service;
  const env = { region };
  const monitoring = new MonitoringStack(app, stackNameOf(settings, 'monitoring'), {
    env,
    settings,
    watched,
    alarmEmail,
  });
  monitoring.addStackDependency(service);
  return monitoring;
}
