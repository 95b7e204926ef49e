import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { openProfiles } from '../session/access.ts';
import { suggestion } from '../suggestion.ts';

export const use = command({
  name: 'use',
  summary: 'Chooses the profile that the commands that follow use.',
  operands: '<NAME>',
  options: {},
  async run({ operands: [name = ''], out, calling }) {
    const profiles = await openProfiles(calling);
    const profile = await profiles.read(name);
    if (!profile) {
      const known = (await profiles.all()).map((one) => one.name);
      throw wrongUsage(`There is no profile ${name}.${suggestion(name, known)}`, [
        'latchkey profiles lists them.',
      ]);
    }
    await profiles.use(name);
    out.say(`Commands go to ${profile.url} now${profile.username ? `, as ${profile.username}` : ''}.`);
    if (calling.env['LATCHKEY_TOKEN']) out.say('LATCHKEY_TOKEN is set and goes before it: unset it.');
    return { json: { profile: name, url: profile.url }, rows: [] };
  },
});
