import type { Settings } from '../deployment/settings.ts';
import type { FieldMistake } from '../errors/failure.ts';
import type { Problem } from '../errors/problem.ts';
import type { Answer } from '../http/answer.ts';
import type { Request } from '../http/request.ts';

/** A browser's form for the same operation: `POST` urlencoded, answered by a page instead of JSON. */
export interface Form {
  path: string;
  /** Whether a device-bound session needs no proof for the form: only if the form can do no harm, such as signing out. */
  proofless?: boolean;
  /** The operation's input, from the form's fields alone: all tabs share a cookie, but each tab must send what it shows (C70). */
  read(fields: Readonly<Record<string, string>>): { params?: unknown; body?: unknown };
  /**
   * Mistakes that the schemas do not find: in fields that the operation itself does not take, or mistakes that the operation would
   * report only when everything else is right.
   * @param isAlone whether the schemas found nothing.
   */
  mistakes?(fields: Readonly<Record<string, string>>, settings: Settings, isAlone: boolean): FieldMistake[];
  /** The page that comes next, which may depend on what `run` returned. */
  done(
    fields: Readonly<Record<string, string>>,
    settings: Settings,
    output: unknown,
    request: Request,
  ): string;
  /** `Set-Cookie` values that go with success, and tell the next page its subject. */
  carries?(fields: Readonly<Record<string, string>>): string[];
  /** The form once more, with the mistakes. */
  again(
    problem: Problem,
    fields: Readonly<Record<string, string>>,
    request: Request,
    settings: Settings,
  ): Answer;
}
