import type { BuildOptions } from 'esbuild';
import { environmentCredentials } from './environment-credentials.ts';

/**
 * How code for Lambda is bundled: as CommonJS without `import()`. The SDK uses `import()` before its first call, and an ESM import
 * of `node:http` loads undici (25 ms). Names are kept, so that stack frames in the log are readable.
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
