import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundle/bundle.ts';
import { findOperations } from '../operations.ts';
import { synthesize } from '../synthesize.ts';
import { breachesOf } from './breaches.ts';
import { factsOf, type Template } from './facts.ts';
import { lastRelease, releaseDirectory } from './last-release.ts';
import { wantedVersion } from './wanted-version.ts';

// npm run release [VERSION]: notes what the release has that later ones must be compatible with.
const version = wantedVersion('release', (wanted) => `test/infra/release/${wanted}.json`);

/** The facts of the working tree, from a synthesis with the default settings. */
async function presentFacts() {
  const outdir = mkdtempSync(join(tmpdir(), 'latchkey-release-'));
  try {
    const entries = findOperations();
    await bundle(entries);
    synthesize({}, outdir, entries);
    const read = (kind: string) => {
      const file = readdirSync(outdir).find((name) => name.endsWith(`-${kind}.template.json`))!;
      return JSON.parse(readFileSync(join(outdir, file), 'utf8')) as Template;
    };
    return factsOf(read('stateful'), read('service'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const facts = await presentFacts();
const last = lastRelease(version);
const breaches = last ? breachesOf(last.facts, facts) : [];
if (last && breaches.length > 0) {
  console.error([`${version} cannot follow ${last.version}:`, ...breaches].join('\n'));
  process.exitCode = 1;
} else {
  writeFileSync(join(releaseDirectory, `${version}.json`), `${JSON.stringify(facts, null, 2)}\n`);
  console.log(`Noted in test/infra/release/${version}.json${last ? `; it can follow ${last.version}` : ''}.`);
}
