import { request as openHttp, type ClientRequest, type RequestOptions } from 'node:http';
import { request as openHttps } from 'node:https';
import type { Service } from '../deployment/service.ts';

/** The address of a path of a provider's API, below the path that its base address may have. */
export const providerUrl = ({ baseUrl }: Pick<Service, 'baseUrl'>, path: string): URL =>
  new URL(`${baseUrl.replace(/\/+$/, '')}${path}`);

/** The one header that carries the key. */
export const keyHeader = (
  { header, scheme }: Pick<Service, 'header' | 'scheme'>,
  key: string,
): Record<string, string> => ({ [header]: scheme === '' ? key : `${scheme} ${key}` });

/** Opens a request to a provider; redirects are answers like any other. */
export const openRequest = (url: URL, options: RequestOptions): ClientRequest =>
  (url.protocol === 'https:' ? openHttps : openHttp)(url, options);
