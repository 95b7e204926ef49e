import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wantedVersion } from '#infra/release/wanted-version.ts';
import { synthesize } from '#local/stack/build.ts';
import { startStack } from '#local/stack/stack.ts';
import { variants } from '../harness/stack/variants.ts';
import { keep } from './archive.ts';
import { liveThere } from './live-there.ts';

// npm run keep-data [VERSION]: keeps the data of a stack of this release, which every later release must serve.
const version = wantedVersion('keep-data', (wanted) => `test/kept/${wanted}.json.gz`);

const directory = mkdtempSync(join(tmpdir(), 'latchkey-keep-'));
try {
  const [assembly, dataDir] = [join(directory, 'assembly'), join(directory, 'data')];
  await synthesize([{ settings: variants.plain, outDir: assembly }]);
  const stack = await startStack({ assembly, dataDir, store: 'dynoxide', timeoutFactor: 8 });
  const known = await liveThere(stack).finally(() => stack.stop());
  const bytes = keep(version, dataDir, { at: Date.now(), known });
  console.log(`Kept in test/kept/${version}.json.gz, ${Math.ceil(bytes / 1_000)} kB.`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
