import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf } from '#local/host/environment.ts';
import { readFunctions } from '#local/host/functions.ts';
import { synthesize } from '#local/stack/build.ts';
import { readTemplate } from '#local/template/template.ts';
import { report, type Figure } from '../harness/measure.ts';
import { ratio, takeTurns, type Lot, type Turns } from '../harness/metered.ts';
import { loadBundle, startEmpty } from '../harness/start-process.ts';
import { bundleClients, servicesOf } from './floor.ts';

/** Functions whose figures are always reported: the session path, passwords, and the most frequent requests of apps and clients. */
const told = [
  'me-read',
  'session-verify',
  'session-create',
  'registration-create',
  'password-update',
  'password-reset',
  'invite-verify',
  'oauth-token',
  'relay',
  'page-home',
];

const warmUp = 1;
/** All bundles are measured first, then again those that are always reported and the slowest others. */
const rounds = { all: 5, chosen: 21 };
const slowest = 6;

type Starts = Record<string, () => Promise<Lot>>;

interface Bundle {
  id: string;
  /** The name of the bundle's floor among the starts. */
  floor: string;
  start(): Promise<Lot>;
}

/** All bundles of a deployment, and the floors that they are compared with. */
async function readBundles(assembly: string): Promise<{ bundles: Bundle[]; floors: Starts }> {
  const address = 'http://127.0.0.1:1';
  const template = readTemplate(assembly, { apiUrl: address, relayUrl: address, prefix: '' });
  const needed = servicesOf(template);
  const floors: Starts = {};
  const bundles: Bundle[] = [];
  for (const spec of readFunctions(template)) {
    const environment = environmentOf(spec, template.region, address);
    const services = needed(spec);
    const floor = services.join(', ') || 'node';
    if (services.length > 0 && !floors[floor]) {
      const file = await bundleClients(services, assembly);
      floors[floor] = () => loadBundle(file, environment);
    }
    floors['node'] ??= () => startEmpty(environment);
    bundles.push({ id: spec.id, floor, start: () => loadBundle(spec.file, environment) });
  }
  return { bundles, floors };
}

const startsOf = (bundles: readonly Bundle[]): Starts =>
  Object.fromEntries(bundles.map(({ id, start }) => [id, start]));

/** The load time of each function's bundle, against a bundle of only the AWS clients that it needs. */
export async function benchImports(): Promise<Figure[]> {
  const assembly = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  try {
    await synthesize([{ settings: { mailFrom: 'invites@latchkey.example' }, outDir: assembly }]);
    const { bundles, floors } = await readBundles(assembly);
    const toFloor = (taken: Record<string, Turns>, { id, floor }: Bundle) =>
      ratio(taken[id]!, taken[floor]!, 'elapsed');
    const first = await takeTurns({ ...floors, ...startsOf(bundles) }, rounds.all, warmUp);
    const last = bundles
      .filter(({ id, floor }) => floor !== 'node' && !told.includes(id))
      .toSorted((a, b) => toFloor(first, b) - toFloor(first, a))
      .slice(0, slowest);
    const chosen = [...told.map((id) => bundles.find((one) => one.id === id)!), ...last];
    const taken = await takeTurns({ ...floors, ...startsOf(chosen) }, rounds.chosen, warmUp);
    const empty = taken['node']!;
    return report([
      { what: 'an empty Node process', value: empty.elapsed, unit: 'ms' },
      ...Object.keys(floors)
        .filter((floor) => floor !== 'node')
        .map((floor): Figure => ({
          what: `the clients of ${floor} alone, to that`,
          value: ratio(taken[floor]!, empty, 'elapsed'),
          unit: '×',
        })),
      ...chosen.map((bundle): Figure => ({
        what: `${bundle.id}, to the clients of ${bundle.floor} alone`,
        value: toFloor(taken, bundle),
        unit: '×',
        bound: { at: 'most', value: 1.1 },
      })),
    ]);
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}
