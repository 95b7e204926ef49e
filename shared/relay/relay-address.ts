import { relayPath } from '../deployment/addresses.ts';
import { capability, onRelay } from '../deployment/capability.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Request } from '../http/request.ts';

/** Tells where people's programs call the relay; null where a deployment has none. */
export const tellRelay = capability('relay', [onRelay], ({ relay }) => ({ address: relay ?? null }));

/** Whether a path stands below the origin, as a proxy hands it on, and not below the relay's own address. */
const isBelowOrigin = (path: string, { proxy }: Pick<Settings, 'proxy'>): boolean =>
  proxy !== null && proxy.relay && path.startsWith(`${relayPath}/`);

/** What follows the relay's address in a path. */
export const pathOf = ({ path }: Pick<Request, 'path'>, settings: Pick<Settings, 'proxy'>): string =>
  isBelowOrigin(path, settings) ? path.slice(relayPath.length) : path;

/** The whole address as the caller wrote it: Lambda takes no request for another host than its own, nor a proxy for ours. */
export const urlOf = (
  { headers, path }: Request,
  origin: string,
  settings: Pick<Settings, 'proxy'>,
): string =>
  isBelowOrigin(path, settings)
    ? origin + path
    : `${headers['x-forwarded-proto'] ?? 'https'}://${headers['host'] ?? ''}${path}`;
