import { relayPath } from '../deployment/addresses.ts';
import { capability, onRelay } from '../deployment/capability.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Request } from '../http/request.ts';

/** Tells the address at which people's programs call the relay; null if the deployment has no relay. */
export const tellRelay = capability('relay', [onRelay], ({ relay }) => ({ address: relay ?? null }));

/** Whether a path lies below the origin, as a proxy hands it on, and not below the relay's own address. */
const isBelowOrigin = (path: string, { proxy }: Pick<Settings, 'proxy'>): boolean =>
  proxy !== null && proxy.relay && path.startsWith(`${relayPath}/`);

/** The part of a path that follows the relay's address. */
export const pathOf = ({ path }: Pick<Request, 'path'>, settings: Pick<Settings, 'proxy'>): string =>
  isBelowOrigin(path, settings) ? path.slice(relayPath.length) : path;

/** The whole address as the caller wrote it. Lambda takes requests only for its own host, and a proxy only for ours. */
export const urlOf = (
  { headers, path }: Request,
  origin: string,
  settings: Pick<Settings, 'proxy'>,
): string =>
  isBelowOrigin(path, settings)
    ? origin + path
    : `${headers['x-forwarded-proto'] ?? 'https'}://${headers['host'] ?? ''}${path}`;
