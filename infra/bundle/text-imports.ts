import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Files that operations import as text, by the bundler (`bundle.ts`) and by Node alike. */
export const textFiles = ['.css', '.svg'] as const;

const asModule = (text: string) => ({
  format: 'module',
  source: `export default ${JSON.stringify(text)};`,
  shortCircuit: true,
});

/**
 * Lets Node import what the bundler puts in as text, so that declarations beside it can be read unbundled. Browser
 * scripts (`.script`) do not exist before they are bundled; a declaration only needs the import to succeed.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!specifier.endsWith('.script')) return nextResolve(specifier, context);
    return { url: `script:${specifier}`, shortCircuit: true };
  },
  load(url, context, nextLoad) {
    if (url.startsWith('script:')) return asModule('');
    if (!textFiles.some((extension) => url.endsWith(extension))) return nextLoad(url, context);
    return asModule(readFileSync(fileURLToPath(url), 'utf8'));
  },
});
