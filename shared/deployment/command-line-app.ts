/**
 * The app that every deployment has: the command line. No setting can take its place. It stands apart from the schema of apps, which
 * no function needs that knows its name.
 */
export const commandLineApp = 'latchkey-cli';

export const commandLineTitle = 'Latchkey CLI';
