// Loads bundles in a thread of functions with what V8 made of them before, in whatever thread or process: a cold start then takes less
// than half of its CPU time. Plain JavaScript, as `worker.mjs` is.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { Script } from 'node:vm';
import { threadId } from 'node:worker_threads';

/** The scripts of bundles, by file: a second load in this thread has its code at once, as long as the first one lives. */
const scripts = new Map();

/**
 * Where V8's code of a bundle is kept for all threads and processes: beside its asset, if that is named by a hash of it. V8 knows the
 * code of another source by its length alone.
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
 * Keeps what V8 has made of a bundle by now, with the functions that an event has run: V8 compiles a function when it is
 * called. Where it cannot be written, each thread compiles for itself.
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

/** Loads a bundle, a CommonJS module, as `require` does. @returns its script too, and whether its code is kept for others. */
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
