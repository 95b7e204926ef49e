/** Options of every command. */
export const commonOptions = {
  profile: { value: 'NAME', text: 'act on the server of this profile, which "login" keeps' },
  json: { text: 'one JSON value on standard output' },
  help: { text: 'what this command does and takes' },
} as const;
