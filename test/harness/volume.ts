/** How much of something a test makes: the whole amount in a proof (`npm run prove`), else enough to see a difference. */
export const volume = <Amount>(whole: Amount, usual: Amount): Amount =>
  process.env['LATCHKEY_PROVE'] ? whole : usual;
