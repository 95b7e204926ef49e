import type { Services } from '../deployment/services.ts';
import type { Service } from '../deployment/service.ts';
import { ownValue } from '../record-of.ts';

/** Where a relayed call goes. */
export interface RelayRoute {
  /** The service's name in the settings. */
  name: string;
  service: Service;
  /** Path of the provider's API, such as `/v1/messages`. */
  path: string;
  /** Method and path, as the settings write them. */
  call: string;
  /** Whether the call has an answer generated, which is also counted by the day. */
  isQuestion: boolean;
}

/** The service that a path of the relay begins with, and the rest of the path; undefined when there is no such service. */
export function serviceAt(
  path: string,
  services: Services,
): { name: string; service: Service; rest: string } | undefined {
  const [, name = '', rest = ''] = /^\/([^/]*)(\/.*)?$/s.exec(path) ?? [];
  const service = ownValue(services, name);
  return service && { name, service, rest };
}

/**
 * The route of a call, if the service's settings name the call. Nothing else is relayed: a path is compared unchanged, so
 * that no spelling of a path that they do not name gets through.
 */
export function routeOf(method: string, path: string, services: Services): RelayRoute | undefined {
  const found = serviceAt(path, services);
  if (!found) return undefined;
  const { name, service, rest } = found;
  const call = `${method} ${rest}`;
  const names = (list: readonly string[]) =>
    list.includes(call) || (list.includes(rest) && (method === 'GET' || method === 'POST'));
  const isQuestion = names(service.questions);
  if (!isQuestion && !names(service.requests)) return undefined;
  return { name, service, path: rest, call, isQuestion };
}
