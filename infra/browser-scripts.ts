import { fileURLToPath } from 'node:url';
import { build as esbuild, type Plugin } from 'esbuild';

const source = (name: string): string => fileURLToPath(new URL(`../web/browser/${name}.ts`, import.meta.url));

/** `import script from '#web/browser/app.script'` is the browser script `web/browser/app.ts`, bundled, as text. */
export const browserScripts: Plugin = {
  name: 'browser-scripts',
  setup(build) {
    build.onResolve({ filter: /^#web\/browser\/\w+\.script$/ }, ({ path }) => ({
      path,
      namespace: 'browser-script',
    }));
    build.onLoad({ filter: /.*/, namespace: 'browser-script' }, async ({ path }) => {
      const name = /(\w+)\.script$/.exec(path)![1]!;
      const { outputFiles } = await esbuild({
        entryPoints: [source(name)],
        bundle: true,
        format: 'esm',
        target: 'es2022',
        minify: true,
        write: false,
      });
      return { contents: outputFiles[0]!.text, loader: 'text' };
    });
  },
};
