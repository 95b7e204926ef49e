import { capability, onRelay } from '../deployment/capability.ts';

/** Tells where people's programs call the relay; null where a deployment has none. */
export const tellRelay = capability('relay', [onRelay], ({ relay }) => ({ address: relay ?? null }));
