// Loads bundles in a thread of functions with V8's code cache, which any thread or process may have written. A cold start then
// takes less than half of its CPU time. Plain JavaScript, like `worker.mjs`.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { Script } from 'node:vm';
import { threadId } from 'node:worker_threads';

/** The scripts of bundles, by file. A second load in this thread reuses the first one's code while the first one exists. */
const scripts = new Map();

/**
 * The path of a bundle's code cache, shared by all threads and processes. It is beside the asset, and only if the asset is
 * named by a hash of its content: V8 recognizes other source text only by its length.
 */
function codeOf(file) {
  const asset = dirname(file);
  return /^asset\.[0-9a-f]{64}$/.test(basename(asset)) ? `${asset}.code` : undefined;
}

function readCode(file) {
  const path = codeOf(file);
  return path !== undefined && existsSync(path) ? readFileSync(path) : undefined;
}

/**
 * Stores the code that V8 has compiled for a bundle so far. V8 compiles a function when it is called, so this includes the
 * functions that an event has run. If the file cannot be written, each thread compiles for itself.
 */
export function keepCode(file, script) {
  const path = codeOf(file);
  if (path === undefined) return;
  const unfinished = `${path}.${process.pid}-${threadId}`;
  try {
    writeFileSync(unfinished, script.createCachedData());
    renameSync(unfinished, path);
  } catch {
    rmSync(unfinished, { force: true });
  }
}

/** Loads a bundle, a CommonJS module, as `require` does. @returns also its script, and whether its code is stored for others. */
export function requireBundle(file) {
  const known = scripts.get(file)?.deref();
  const cachedData = known ? undefined : readCode(file);
  const script =
    known ??
    new Script(
      `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`,
      { filename: file, cachedData },
    );
  scripts.set(file, new WeakRef(script));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  const isKept = known !== undefined || (cachedData !== undefined && !script.cachedDataRejected);
  return { exports: module.exports, script, isKept };
}
