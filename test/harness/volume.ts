/** How much of something a test makes: the whole amount in a proof (`npm run prove`), else enough to see a difference. */
export const volume = (whole: number, usual: number): number =>
  process.env['LATCHKEY_PROVE'] ? whole : usual;
