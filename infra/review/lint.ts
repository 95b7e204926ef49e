import { spawnSync } from 'node:child_process';

/** What cfn-lint finds in these templates, line by line; undefined if the machine does not have cfn-lint. */
export function lint(templates: readonly string[]): string[] | undefined {
  const { error, status, stdout, stderr } = spawnSync(
    'cfn-lint',
    ['--format', 'parseable', '--', ...templates],
    {
      encoding: 'utf8',
    },
  );
  if (error && 'code' in error && error.code === 'ENOENT') return undefined;
  if (error) throw error;
  if (status === 0) return [];
  return `${stdout}${stderr}`.trim().split('\n');
}
