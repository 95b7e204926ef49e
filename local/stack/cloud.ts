import type { Settings } from '#shared/deployment/settings.ts';
import type { ShiftedClock } from '../base/clock.ts';
import { Gateway } from '../gateway/gateway.ts';
import { KeyPolicies } from '../gateway/key-policies.ts';
import { readPolicies } from '../gateway/policy.ts';
import { upstream } from '../gateway/upstream.ts';
import { readFunctions, type FunctionSpec } from '../host/functions.ts';
import { FailureQueue } from '../host/failure-queue.ts';
import { Host } from '../host/host.ts';
import { Metrics } from '../host/metrics.ts';
import { startTriggers, type Triggers } from '../host/triggers.ts';
import { routedToStandIn } from '../provider/route-to-stand-in.ts';
import { startProvider, type Provider } from '../provider/provider.ts';
import type { Template } from '../template/template.ts';
import type { StackOptions } from './running-stack.ts';
import type { Services } from './services.ts';

type Wanted = Services &
  Pick<StackOptions, 'prefix' | 'timeoutFactor' | 'standIn' | 'onLog'> & {
    template: Template;
    clock: ShiftedClock;
    engineUrl: string;
  };

/** The stand-ins for the AWS services behind the API and for the providers. */
export interface Cloud {
  gateway: Gateway;
  keyPolicies: KeyPolicies;
  gatewayUrl: string;
  provider: Provider;
  functions: readonly FunctionSpec[];
  host: Host;
  queue: FailureQueue;
  metrics: Metrics;
  triggers: Triggers;
}

/** A function or a route with `timeoutFactor` times its timeout. */
export const withLongerTimeout = <Limited extends { timeoutMs: number }>(
  one: Limited,
  timeoutFactor = 1,
): Limited => ({
  ...one,
  timeoutMs: one.timeoutMs * timeoutFactor,
});

/**
 * Starts a template's functions, the gateway for their AWS calls, and their triggers.
 * @param undo receives, for each part, the function that ends it.
 */
export async function startCloud(wanted: Wanted, undo: (() => Promise<void>)[]): Promise<Cloud> {
  const { template, clock, kms, ses, identities, engineUrl, prefix = '', streamPositions } = wanted;
  const { region } = template;
  const functions = readFunctions(template).map((one) => withLongerTimeout(one, wanted.timeoutFactor));
  const policies = readPolicies(template);
  const keyPolicies = new KeyPolicies(template);
  const gateway = new Gateway({
    callers: new Map(
      functions.map(({ logicalId, id, role }) => [
        logicalId,
        { id, role, statements: policies.get(role) ?? [] },
      ]),
    ),
    keyPolicies,
    upstream: upstream(engineUrl, kms, ses),
    clock,
    region,
    identities,
    prefix,
  });
  const gatewayUrl = await gateway.start();
  undo.push(() => gateway.stop());
  const provider = await startProvider(clock.now);
  undo.push(() => provider.stop());
  const base = (settings: Partial<Settings>) => routedToStandIn(settings, provider.url, wanted.standIn);
  const metrics = new Metrics(clock);
  const host = new Host({ functions, region, gatewayUrl, clock, base, metrics, onLog: wanted.onLog });
  undo.push(() => host.stop());
  gateway.onCrash((id) => host.crash(id));
  const report = (name: string, text: string): void => host.log(name, `${text}\n`);
  const queue = new FailureQueue(template, { functions, policies, clock, metrics, report });
  const triggers = await startTriggers({
    template,
    engineUrl,
    clock,
    gateway,
    host,
    queue,
    metrics,
    ses,
    streamPositions,
  });
  undo.push(() => triggers.stop());
  return { gateway, keyPolicies, gatewayUrl, provider, functions, host, queue, metrics, triggers };
}
