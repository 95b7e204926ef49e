import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one plain line for people and programs. */
export default class PlainLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      // A file that cannot be loaded has no tests, but counts as a failure.
      if (module.errors().length > 0) count.failed += 1;
      // Tests that do not depend on the engine are not meant for the second engine, so they do not count as skipped there.
      const { tagsFilter: [tag] = [] } = module.project.config;
      for (const test of module.children.allTests())
        if (tag === undefined || test.tags.includes(tag)) count[test.result().state] += 1;
    }
    const failed = count.failed + unhandledErrors.length;
    const skipped = count.skipped + count.pending;
    const line = `${count.passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    // After the default reporter's summary, which is written once all reporters have been called.
    process.once('exit', () => process.stdout.write(`${line}\n`));
  }
}
