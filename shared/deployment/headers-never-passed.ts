/** Headers that concern one connection only (RFC 9110, 7.6.1), frame a body, or tell who calls and from where. */
const names = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'dpop',
  'forwarded',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-api-key',
]);

/** Whether a header may pass between a caller and a provider at all, whatever a service's settings say. */
export const mayPass = (name: string): boolean => !names.has(name) && !/^x-(forwarded|amzn|real)-/.test(name);

/** Whether a header can carry a key to a provider. */
export const canCarryKey = (name: string): boolean =>
  mayPass(name) || name === 'authorization' || name === 'x-api-key';
