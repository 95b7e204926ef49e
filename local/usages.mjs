/**
 * The `--help` texts of scripts that do not read the option themselves. Plain JavaScript, because `launch.mjs` runs before
 * anything is installed.
 */
export const usages = {
  start: `npm start -- [--port N] [--memory | --data DIR] [--store dynoxide|dynamodb-local|URL] [--set KEY=VALUE]... [--json]
The whole system on this machine. README.md says what each option means.`,
  check: `npm run check
Everything that must hold before a commit: types, lint, format, dead code, rules, document, templates.`,
  format: `npm run format
Writes every file in the form that the check wants.`,
  bench: `npm run bench [NAME [ARGUMENT]]
All benchmarks into the table of docs/benchmarks.md, or one of them, such as imports.`,
  screenshots: `npm run screenshots
Pictures of the main pages into .local/screenshots, and those of the README.`,
  docs: `npm run docs [-- --check]
Writes docs/openapi.json, or only looks whether it is as the operations have it.`,
  'keep-data': `npm run keep-data [VERSION]
Keeps the data of a stack of this release in test/kept/.`,
  release: `npm run release [VERSION]
Notes in test/infra/release/ what this release stores.`,
  new: `npm run new RESOURCE/VERB
An operation with its event and test, from a template: npm run new invite/archive.`,
  'prove-deploy': `npm run prove:deploy
Deploys to moto, where the machine has it, release after release.`,
  'proxy-secret': `npm run proxy-secret
Prints a new secret for what stands in front, its hash for the settings, and the command that keeps it.`,
};
