/** Options of every command. */
export const commonOptions = {
  json: { text: 'one JSON value on standard output' },
  help: { text: 'what this command does and takes' },
} as const;
