import type { FunctionSpec } from './functions.ts';

/** A function's code together with its configuration, as Lambda's versions are: what an execution environment is made of. */
export interface FunctionVersion {
  /** Unlike that of any other version in this process. */
  key: string;
  spec: FunctionSpec;
  environment: Readonly<Record<string, string>>;
  /** The shared offset of the stack's clock. */
  clock: SharedArrayBuffer;
  onLog(text: string): void;
}
