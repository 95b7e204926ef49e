/** Resolves with its result at the end of the measured time. The rest of its work then runs before the next call. */
export type Call = (input: string) => Promise<{ last: string; rest?: Promise<unknown> }>;
