import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepsData } from '../deploy/changes.ts';
import { assemblyIn, synthesizeRelease } from '../review/synthesize-release.ts';
import { cdk } from './cdk.ts';
import { Account, type Deployed } from './deployed.ts';
import { account, isMotoHere, startMoto } from './moto.ts';
import { releases } from './releases.ts';

/**
 * Deploys to moto, release after release, as an operator deploys to AWS: with the CDK's own command line. Each stack must complete,
 * and no table and no key may be replaced.
 */
async function prove(): Promise<string[]> {
  const moto = await startMoto();
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-proof-'));
  try {
    const cloud = new Account(moto);
    // Without an app: the CDK would synthesize it first.
    await cdk(['bootstrap', `aws://${account}/us-east-1`, '--app', ''], moto.environment);
    const wrong: string[] = [];
    const before = new Map<string, Deployed>();
    for (const [index, release] of releases.entries()) {
      const place = join(directory, String(index));
      const app = synthesizeRelease(place, release);
      const deploy = ['deploy', '--all', '--require-approval', 'never', '--app', assemblyIn(place)];
      await cdk(deploy, moto.environment);
      const statuses = await cloud.statuses();
      for (const { node } of app.node.children.filter(({ node: { id } }) => id.startsWith('latchkey'))) {
        const status = statuses.get(node.id) ?? 'not there';
        const resources = await cloud.resources(node.id);
        console.log(`${release.title}: ${node.id}: ${status}, ${resources.size} resources`);
        if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status))
          wrong.push(`${release.title}: ${node.id} is ${status}`);
        wrong.push(
          ...replacedIn(before.get(node.id), resources).map(
            (name) => `${release.title}: ${name} was replaced`,
          ),
        );
        before.set(node.id, resources);
      }
    }
    return wrong;
  } finally {
    moto.stop();
    rmSync(directory, { recursive: true });
  }
}

const replacedIn = (before: Deployed | undefined, after: Deployed): string[] =>
  [...(before ?? [])]
    .filter(([name, id]) => keepsData.test(name.split(' ', 1)[0]!) && after.get(name) !== id)
    .map(([name]) => name);

if (!isMotoHere()) console.log('Skipped: python3 with moto is not on this machine.');
else {
  const wrong = await prove();
  for (const line of wrong) console.error(line);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
