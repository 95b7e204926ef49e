/** Parameters of a protocol such as OAuth, as a query or a form holds them. */
export interface Parameters {
  /** By name. A parameter without a value counts as absent (RFC 6749, 3.1). */
  values: Readonly<Record<string, string | undefined>>;
  /** Names that came more than once, which is not allowed (RFC 6749, 3.1). */
  repeated: readonly string[];
}

/** Reads `application/x-www-form-urlencoded`. */
export function parseParameters(text: string): Parameters {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  const repeated = new Set<string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in values) repeated.add(name);
    if (value !== '') values[name] ??= value;
  }
  return { values, repeated: [...repeated] };
}
