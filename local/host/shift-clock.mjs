/**
 * Makes this thread's `Date` follow a shared clock (`local/base/clock.ts`). Plain JavaScript, like `worker.mjs`.
 * @param timeOf gives the clock's two numbers: its offset, and the moment at which it is stopped.
 */
export function shiftClock(timeOf) {
  const RealDate = Date;
  const realNow = RealDate.now;
  const now = () => {
    const time = timeOf();
    return Math.trunc(time[1] || realNow() + time[0]);
  };
  function ShiftedDate(...args) {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target);
  }
  Object.defineProperties(ShiftedDate, {
    ...Object.getOwnPropertyDescriptors(RealDate),
    name: { value: 'Date', configurable: true },
    now: { value: now, writable: true, configurable: true },
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: ShiftedDate });
  globalThis.Date = ShiftedDate;
}
