import type { BuildOptions } from 'esbuild';
import { environmentCredentials } from './environment-credentials.ts';

/**
 * How code for Lambda is bundled: CommonJS without `import()`, which the SDK has before its first call, because an ESM import of
 * `node:http` loads undici (25 ms). Names are kept, so that stack frames in the log can be read.
 */
export const bundleOptions = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  treeShaking: true,
  supported: { 'dynamic-import': false },
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [environmentCredentials],
} as const satisfies BuildOptions;
