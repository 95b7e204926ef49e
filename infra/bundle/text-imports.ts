import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Extensions of the files that both the bundler (`bundle.ts`) and Node import as text. */
export const textFiles = ['.css', '.svg'] as const;

const asModule = (text: string) => ({
  format: 'module',
  source: `export default ${JSON.stringify(text)};`,
  shortCircuit: true,
});

/**
 * Lets Node import the files that the bundler includes as text, so that declarations that import them load unbundled.
 * Browser scripts (`.script`) do not exist before they are bundled; a declaration only needs the import to succeed.
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
