// Loads bundles in a thread of functions with what V8 made of them before, in whatever thread or process: a cold start then takes less
// than half of its CPU time. Plain JavaScript, as `worker.mjs` is.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { threadId } from 'node:worker_threads';

/** The scripts of bundles, by file: a second load in this thread has its compiled code at once. */
const scripts = new Map();

/** Where V8's code of a bundle is kept for all threads and processes: beside its asset, whose name is a hash of it. */
const codeOf = (file) => `${dirname(file)}.code`;

function readCode(file) {
  try {
    return readFileSync(codeOf(file));
  } catch {
    return undefined;
  }
}

/**
 * Keeps what V8 has made of a bundle by now, with the functions that an event has run: V8 compiles a function when it is
 * called. Where it cannot be written, each thread compiles for itself.
 */
export function keepCode(file, script) {
  const unfinished = `${codeOf(file)}.${process.pid}-${threadId}`;
  try {
    writeFileSync(unfinished, script.createCachedData());
    renameSync(unfinished, codeOf(file));
  } catch {
    rmSync(unfinished, { force: true });
  }
}

/** Loads a bundle, a CommonJS module, as `require` does. @returns its script as well, if its code is not kept yet. */
export function requireBundle(file) {
  const known = scripts.get(file);
  const cachedData = known ? undefined : readCode(file);
  const script =
    known ??
    new Script(
      `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`,
      { filename: file, cachedData },
    );
  scripts.set(file, script);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  const isKept = known || (cachedData && !script.cachedDataRejected);
  return { exports: module.exports, unkept: isKept ? undefined : script };
}
