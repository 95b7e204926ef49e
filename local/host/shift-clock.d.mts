/** `timeOf` gives the two numbers of a shared clock (`local/base/clock.ts`). */
export declare function shiftClock(timeOf: () => Float64Array): void;
