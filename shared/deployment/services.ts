import * as z from 'zod/mini';
import { builtInServices, usualService } from './built-in-services.ts';
import { serviceSchema, type Service } from './service.ts';

const nameSchema = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,29}$/));

/** Whether a service can have this name, in this deployment or an earlier one. */
export const isServiceName = (text: string): boolean => nameSchema.safeParse(text).success;

/** A service in a deployment's settings: the fields that differ from the built-in service or the defaults; null removes it. */
const changesSchema = z.nullable(z.partial(serviceSchema));
type Changes = Readonly<Record<string, z.output<typeof changesSchema>>>;

function withDefaults(changes: Changes): Record<string, unknown> {
  const services: Record<string, unknown> = { ...builtInServices };
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) delete services[name];
    else services[name] = { ...usualService, title: name, ...builtInServices[name], ...change };
  }
  return services;
}

/** The setting `services`: by name, each with the fields that differ from the defaults. The output is whole services. */
export const servicesSchema = z.pipe(
  z.record(nameSchema, changesSchema),
  z.pipe(z.transform(withDefaults), z.record(nameSchema, serviceSchema)),
);

export type Services = Readonly<Record<string, Service>>;

/** What functions know of the services that relay nothing. Whole services take more room than all other settings together. */
export interface ServiceFacts {
  /** By the service's name. `checkable`: whether the provider can be asked whether it accepts a key. */
  knownServices: Readonly<Record<string, { title: string; checkable: boolean }>>;
}

/** Works out these facts from a deployment's services. */
export const factsOfServices = (services: Services): ServiceFacts => ({
  knownServices: Object.fromEntries(
    Object.entries(services).map(([name, { title, check }]) => [name, { title, checkable: check !== null }]),
  ),
});
