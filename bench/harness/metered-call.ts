/** Resolves with what it gives when its time is over; what is left of it then comes before the next one. */
export type Call = (input: string) => Promise<{ last: string; rest?: Promise<unknown> }>;
