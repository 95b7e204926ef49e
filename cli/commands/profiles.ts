import { command } from '../command.ts';
import { openProfiles } from '../session/access.ts';

export const profiles = command({
  name: 'profiles',
  summary: 'Lists the servers that you are signed in to.',
  options: {},
  notes: `
A star is at the one that commands use. Another one for one command: --profile NAME, or LATCHKEY_PROFILE; for all that
follow: latchkey use NAME. A session that is not used ends at UNTIL; each use moves that on.`,
  async run({ calling }) {
    const kept = await openProfiles(calling);
    const current = await kept.current();
    const items = (await kept.all()).map(({ name, url, username, expiresAt }) => ({
      name,
      url,
      username: username ?? null,
      expiresAt,
      current: name === current,
    }));
    return {
      json: { items },
      head: ['', 'PROFILE', 'SERVER', 'USERNAME', 'UNTIL'],
      rows: items.map(({ name, url, username, expiresAt, current }) => [
        current ? '*' : '',
        name,
        url,
        username ?? '-',
        expiresAt.slice(0, 16),
      ]),
    };
  },
});
