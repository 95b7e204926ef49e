import type { RequestListener } from 'node:http';
import { build } from 'esbuild';

/** Bundles a module with all its imports for a browser. */
export async function bundled(entry: { file: string } | { code: string }): Promise<string> {
  const resolveDir = new URL('../../..', import.meta.url).pathname;
  const { outputFiles } = await build({
    ...('file' in entry
      ? { entryPoints: [entry.file] }
      : { stdin: { contents: entry.code, resolveDir, loader: 'ts' } }),
    bundle: true,
    format: 'esm',
    write: false,
    absWorkingDir: resolveDir,
  });
  return outputFiles[0]!.text;
}

/** A site of one page and one script. @param page is called for each request of the page. */
export const siteOf = (page: () => string, script: string): RequestListener => {
  return (request, response) => {
    const isScript = request.url === '/app.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : page());
  };
};
