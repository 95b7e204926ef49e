import { builtInServices } from '#shared/deployment/built-in-services.ts';
import type { Services } from '#shared/deployment/services.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { isObject } from '../base/is-object.ts';

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a service's setting sets its address or removes the service. */
const decides = (changes: unknown): boolean =>
  changes === null || (isObject(changes) && changes['baseUrl'] !== undefined);

/** The built-in services whose address `--set` leaves open. The settings are texts by name, such as `services.claude.baseUrl`. */
export function standInServices(settings: Readonly<Record<string, string>>): string[] {
  const all = json(settings['services']);
  return Object.keys(builtInServices).filter(
    (name) =>
      settings[`services.${name}.baseUrl`] === undefined &&
      !decides(json(settings[`services.${name}`])) &&
      !(isObject(all) && decides(all[name])),
  );
}

/** The lines that tell people at the terminal which providers a stand-in answers for; empty if there are none. */
export function standInNotice(names: readonly string[]): string {
  const [first] = names.map((name) => ({ name, ...builtInServices[name] }));
  if (first === undefined) return '';
  const titles = names.map((name) => builtInServices[name]?.title).join(' and ');
  return `
  ${titles}: answered by a stand-in on this machine, which takes any key of the right form.
  The real one: npm start -- --set services.${first.name}.baseUrl=${first.baseUrl}
`;
}

/** Settings that point these services to the stand-in, except services with an address of their own or removed services. */
export function routedToStandIn(
  settings: Partial<Settings>,
  url: string,
  names: readonly string[] = Object.keys(builtInServices),
): Partial<Settings> {
  const { services } = settings;
  if (services === undefined) return settings;
  const routed = Object.entries(services).map(([name, service]) => {
    const isUsual = service.baseUrl === builtInServices[name]?.baseUrl;
    return [name, isUsual && names.includes(name) ? { ...service, baseUrl: `${url}/${name}` } : service];
  });
  return { ...settings, services: Object.fromEntries(routed) as Services };
}
