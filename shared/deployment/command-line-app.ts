/**
 * The command line: an app that every deployment has and that no setting can replace. It is separate from the schema of apps, which
 * functions that need only this name do not load.
 */
export const commandLineApp = 'latchkey-cli';

export const commandLineTitle = 'Latchkey CLI';
