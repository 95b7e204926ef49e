/** Wrong use of a command: nothing was done, and the exit code is 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
