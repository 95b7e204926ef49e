import type { FunctionSpec } from './functions.ts';

/** A function's code with its configuration, like a version in Lambda. Execution environments are created from it. */
export interface FunctionVersion {
  /** Unique among the versions of this process. */
  key: string;
  spec: FunctionSpec;
  environment: Readonly<Record<string, string>>;
  /** The shared offset of the stack's clock. */
  clock: SharedArrayBuffer;
  onLog(text: string): void;
}
