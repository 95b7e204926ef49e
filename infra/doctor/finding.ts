/** The result of one check. `broken` has to be mended; `unknown` could not be looked at. */
export type Level = 'fine' | 'warning' | 'unknown' | 'broken';

export interface Finding {
  /** The name of the check, for scripts. */
  check: string;
  level: Level;
  /** In a sentence. */
  found: string;
  /** What to do; absent if all is fine. */
  remedy?: string;
}

export const fine = (check: string, found: string): Finding => ({ check, level: 'fine', found });

export const trouble = (
  check: string,
  level: Exclude<Level, 'fine'>,
  found: string,
  remedy: string,
): Finding => ({ check, level, found, remedy });

export const remedyOfRefusal = 'Run it with credentials that may read this, or look in the AWS console.';

/** The findings of `look`. If `look` fails, a finding `unknown` says that `called` could not be looked at. */
export async function lookedAt(
  check: string,
  look: () => Promise<Finding[]>,
  called = 'This',
): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message.split('\n', 1)[0]}` : String(error);
    const remedy = /AccessDenied|NotAuthorized|Forbidden/.test(why)
      ? remedyOfRefusal
      : 'Run npm run doctor again; if it stays so, look in the AWS console.';
    return [trouble(check, 'unknown', `${called} could not be looked at: ${why}`, remedy)];
  }
}
