import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployments } from './deployments.ts';
import { lint } from './lint.ts';
import { findingsIn, idle, unexplained } from './nag.ts';
import { assemblyIn, synthesizeRelease } from './synthesize-release.ts';

/** Reviews the templates as `npm run check` does: with cdk-nag's AwsSolutions, and with cfn-lint if the machine has it. */
const directory = mkdtempSync(join(tmpdir(), 'latchkey-review-'));
try {
  const findings = Object.entries(deployments).flatMap(([name, settings]) =>
    findingsIn(synthesizeRelease(join(directory, name), { settings })),
  );
  const linted = lint(globSync(join(assemblyIn(join(directory, '*')), '*.template.json')));
  if (linted === undefined)
    console.log('cfn-lint is not on this machine; CloudFormation is checked by CDK alone.');
  const wrong = [...new Set([...unexplained(findings), ...idle(findings), ...(linted ?? [])])];
  for (const line of wrong) console.log(line);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true });
}
