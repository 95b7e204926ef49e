import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '#cli/commands.ts';
import { folder, keptIn, latchkey } from './latchkey.ts';

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

/** zsh completes only in a terminal: what it shows is read after a tab. Ctrl-E and Ctrl-U then delete the line. */
const zshAsks = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; autoload -Uz compinit; compinit -u -D; source $1; stty columns 200; print re\\"ad\\"y"
zpty -r -m z seen '*ready*2004h*'
zpty -w -n z "$2"$'\\t'
zpty -w -n z $'\\x05\\x15print do"n"e\\n'
zpty -r -m z seen '*done*'
print -r -- "$seen"`;

/** How to ask each shell for the completions of a line. */
const asks: Record<string, (script: string, line: string) => string[]> = {
  bash: (script, line) => [
    '-c',
    `source "${script}"; COMP_WORDS=(${line.replace(/ $/, ' ""')}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _latchkey; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  fish: (script, line) => [
    '--no-config',
    '-c',
    `source "${script}"; complete -C "${line}" | string replace -r '\\t.*' ''`,
  ],
  zsh: (script, line) => ['-f', '-c', zshAsks, 'zsh', script, line],
};

test.each([
  ['latchkey ', ['login', 'invites', 'suppressions']],
  ['latchkey inv', ['invites']],
  ['latchkey --profile work users ', ['list', 'show', 'update']],
  ['latchkey invites list --sta', ['--status']],
  ['latchkey invites list --status ', ['active', 'used', 'expired', 'revoked', 'undelivered']],
  ['latchkey completion ', ['bash', 'zsh', 'fish']],
  ['latchkey use ', ['work']],
] as const)('completes "%s" in the shells that are here', async (line, offered) => {
  const home = folder();
  mkdirSync(join(keptIn(home, 'work'), '..'), { recursive: true });
  writeFileSync(keptIn(home, 'work'), '');
  for (const [shell, ask] of Object.entries(asks)) {
    if (!has(shell)) continue;
    const { data } = await latchkey(['completion', shell]);
    const script = join(home, shell);
    writeFileSync(script, data);
    const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, TERM: 'dumb' };
    const { stdout, stderr } = spawnSync(shell, ask(script, line), { env, encoding: 'utf8', cwd: home });
    for (const word of offered)
      expect(stdout, `${shell}: ${stderr}`).toMatch(RegExp(`(^|\\s)${word}(\\s|$)`, 'm'));
  }
});

test('each shell completes every command and option', async () => {
  for (const shell of Object.keys(asks)) {
    const { data } = await latchkey(['completion', shell]);
    for (const { name, options } of commands) {
      for (const word of name.split(' ')) expect(data).toContain(word);
      for (const option of Object.keys(options)) expect(data).toContain(option);
    }
  }
  expect(await latchkey(['completion', 'tcsh'])).toMatchObject({ code: 2, data: '' });
});
