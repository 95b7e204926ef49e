import { benchAuth } from './auth/auth.ts';
import { benchDoor } from './door/door.ts';
import { benchInvites } from './invites.ts';
import { benchMemory } from './memory.ts';
import { benchRelay } from './relay/relay.ts';

/** Benchmarks by name: each prints its figures and says whether its bounds hold. */
const benches: Record<string, () => Promise<boolean>> = {
  auth: benchAuth,
  door: benchDoor,
  invites: benchInvites,
  memory: benchMemory,
  relay: benchRelay,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  console.log(`${name}\n`);
  if (!(await benches[name]!())) process.exitCode = 1;
}
