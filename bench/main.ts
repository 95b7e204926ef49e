import { benchAuth } from './auth/auth.ts';
import { benchDoor } from './door/door.ts';
import { benchGrowth } from './growth/growth.ts';
import { holds, type Figure } from './harness/measure.ts';
import { benchImports } from './imports/imports.ts';
import { benchInvites } from './invites.ts';
import { benchMemory } from './memory.ts';
import { writePage } from './page.ts';
import { benchPeer } from './peer/peer.ts';
import { benchRelay } from './relay/relay.ts';
import { benchScale } from './scale/scale.ts';

/** Benchmarks by name, in the order of the page. Each prints its figures as they are measured. */
const benches: Record<string, () => Promise<Figure[]>> = {
  imports: benchImports,
  auth: benchAuth,
  invites: benchInvites,
  door: benchDoor,
  relay: benchRelay,
  memory: benchMemory,
  peer: benchPeer,
};

/** Benchmarks with their own page, which run only by name, because growth with the number of rows takes long. */
const others: Record<string, (size?: number) => Promise<Figure[]>> = {
  growth: benchGrowth,
  scale: benchScale,
};

const isSize = (text: string): boolean => /^\d+$/.test(text);
const [names, [size]] = [
  process.argv.slice(2).filter((text) => !isSize(text)),
  process.argv.slice(2).filter(isSize).map(Number),
];
const unknown = names.filter((name) => !Object.hasOwn({ ...benches, ...others }, name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys({ ...benches, ...others }).join(', ')}.`,
  );
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  console.log(`${name}\n`);
  const figures = await (benches[name]?.() ?? others[name]!(size));
  if (!figures.every(holds)) process.exitCode = 1;
  if (benches[name]) await writePage(name, figures, Object.keys(benches));
}
