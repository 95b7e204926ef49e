/** Resolves with what it gives when its time is over; the rest of its work then comes before the next one. */
export type Call = (input: string) => Promise<{ last: string; rest?: Promise<unknown> }>;
