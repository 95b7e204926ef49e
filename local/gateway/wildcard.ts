const escaped = (text: string): string => text.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&');
const patterns = new Map<string, RegExp>();

/** IAM's wildcards: `*` any characters, `?` one. */
export function matches(pattern: string, value: string, flags = ''): boolean {
  if (!/[*?]/.test(pattern) && flags === '') return pattern === value;
  const key = `${flags} ${pattern}`;
  let compiled = patterns.get(key);
  if (compiled === undefined) {
    compiled = new RegExp(`^${escaped(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`);
    patterns.set(key, compiled);
  }
  return compiled.test(value);
}

/** An ARN's six parts. IAM's `ArnLike` compares each part separately; the last part may contain colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

export function arnMatches(pattern: string, arn: string): boolean {
  const parts = partsOf(arn);
  return partsOf(pattern).every((part, index) => matches(part, parts[index] ?? ''));
}
