import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build as esbuild, type Plugin } from 'esbuild';

/** How many of the passwords that attackers try a browser gets, from the start of the list. */
const maxPasswords = 5_000;

/**
 * Trims zxcvbn's word lists (410 kB of code) for browsers: the server has the complete lists. The diceware words are in
 * no order of likelihood, so browsers get none of them.
 */
const trimmedLists: Plugin = {
  name: 'trimmed-lists',
  setup(build) {
    build.onLoad({ filter: /language-common[/\\]dist[/\\]passwords\.json\.mjs$/ }, async () => {
      const { dictionary } = await import('@zxcvbn-ts/language-common');
      const first = dictionary['passwords-common'].slice(0, maxPasswords).join(' ');
      return { contents: `export default ${JSON.stringify(first)}.split(' ');` };
    });
    build.onLoad({ filter: /language-common[/\\]dist[/\\]diceware\.json\.mjs$/ }, () => ({
      contents: 'export default [];',
    }));
  },
};

/** Leaves out Node imports that a script does not use: a module may hold a rule for browsers beside one that needs Node. */
const withoutNode: Plugin = {
  name: 'without-node',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, external: true, sideEffects: false }));
  },
};

/** The source of a script: `#web/desk/admin.script` is made of `web/desk/admin.tsx`. */
function sourceOf(script: string): string {
  const base = fileURLToPath(new URL(`../../${script.slice(1, -'.script'.length)}`, import.meta.url));
  return [`${base}.tsx`, `${base}.ts`].find((file) => existsSync(file))!;
}

/** `import app from '#web/browser/app.script'` is the browser script `web/browser/app.ts`, bundled, as text. */
export const browserScripts: Plugin = {
  name: 'browser-scripts',
  setup(build) {
    build.onResolve({ filter: /^#web\/(browser|desk)\/[\w-]+\.script$/ }, ({ path }) => ({
      path,
      namespace: 'browser-script',
    }));
    build.onLoad({ filter: /.*/, namespace: 'browser-script' }, async ({ path }) => {
      const { outputFiles } = await esbuild({
        entryPoints: [sourceOf(path)],
        bundle: true,
        format: 'esm',
        target: 'es2022',
        minify: true,
        plugins: [trimmedLists, withoutNode],
        // csv-parse's own build for browsers, which have no Buffer.
        alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
        write: false,
      });
      return { contents: outputFiles[0]!.text, loader: 'text' };
    });
  },
};
