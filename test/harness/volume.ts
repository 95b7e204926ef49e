/** How much of something a test makes: in a proof (`npm run prove`) all of it, and else enough to see a difference. */
export const volume = (whole: number, usual: number): number =>
  process.env['LATCHKEY_PROVE'] ? whole : usual;
