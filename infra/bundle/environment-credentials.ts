import type { Plugin } from 'esbuild';

/**
 * Lambda hands credentials over in the environment, so the SDK's other sources (profiles, SSO, web identity,
 * container and instance metadata) stay out of the bundles. An instance's credentials never change, so they are read once and not
 * for each call.
 */
export const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup(build) {
    const name = '@aws-sdk/credential-provider-node';
    build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ resolveDir }) => ({
      path: name,
      namespace: 'environment-credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'environment-credentials' }, ({ pluginData }) => ({
      contents: `import { fromEnv } from '@aws-sdk/credential-provider-env';
        import { memoize } from '@smithy/core/config';
        export const defaultProvider = (init) => memoize(fromEnv(init));`,
      resolveDir: pluginData as string,
    }));
  },
};
