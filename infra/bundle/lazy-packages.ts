import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundleOptions } from './bundle-options.ts';

const fileOf = (name: string): string => `./${name.replace('@', '').replaceAll('/', '-')}.cjs`;

/**
 * Makes each package that our code imports by `await import('…')` a file of its own, beside the bundles that import it. The file is
 * read and parsed only on its first import: parsing takes a third of a function's load time. It shares no code with the bundle, not
 * even the AWS SDK's core. Our own modules stay in the bundle, and run on their first import.
 */
export function lazyPackages(): { plugin: Plugin; write(metafile: Metafile): Promise<void> } {
  const names = new Map<string, string>();
  return {
    plugin: {
      name: 'lazy-packages',
      setup(setUp) {
        setUp.onResolve({ filter: /^[^.#/]/ }, ({ path, kind, importer }) => {
          if (kind !== 'dynamic-import' || importer.includes('node_modules')) return undefined;
          names.set(fileOf(path), path);
          return { path: fileOf(path), external: true };
        });
      },
    },
    /** Writes the packages beside the bundles that the metafile describes. */
    async write({ outputs }) {
      const { outputFiles } = await build({
        ...bundleOptions,
        plugins: [...bundleOptions.plugins],
        entryPoints: [...names].map(([file, name]) => ({ in: name, out: basename(file, '.cjs') })),
        outdir: 'packages',
        outExtension: { '.js': '.cjs' },
        write: false,
      });
      for (const [output, { imports }] of Object.entries(outputs)) {
        const asked = new Set(imports.map(({ path }) => basename(path)));
        for (const { path, contents } of outputFiles)
          if (asked.has(basename(path))) writeFileSync(join(dirname(output), basename(path)), contents);
      }
    },
  };
}
