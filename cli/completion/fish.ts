import { firstWords, groupsOf, type Offer, type Shape } from './shape.ts';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function offered(offer: Offer): string {
  if (offer === 'files') return ' -F';
  if (offer === 'profiles') return " -a '(__latchkey_profiles)'";
  return offer === 'nothing' ? '' : ` -a ${quoted(offer.join(' '))}`;
}

const line = (condition: string, rest: string): string => `complete -c latchkey -n "${condition}" ${rest}`;

const linesOf = ({ name, flags, operands }: Shape): string[] => {
  const condition = `__latchkey_in ${name}`;
  return [
    ...flags.map(({ flag, text, value, offer }) => {
      const takes = value === undefined ? '' : ` ${offer === 'files' ? '-r' : '-x'}${offered(offer)}`;
      return line(condition, `-l ${flag.slice(2)}${takes} -d ${quoted(text)}`);
    }),
    ...(operands === 'nothing' ? [] : [line(condition, offered(operands).trimStart())]),
  ];
};

/** A completion for fish. */
export const fishScript = (shapes: readonly Shape[]): string =>
  [
    '# Completion of latchkey for fish: latchkey completion fish | source',
    'function __latchkey_profiles',
    '    set -l home $HOME/.config',
    '    test -n "$XDG_CONFIG_HOME"; and set home $XDG_CONFIG_HOME',
    "    ls $home/latchkey/profiles 2>/dev/null | string replace -rf '\\.json$' ''",
    'end',
    '# Words that are no options, up to the cursor.',
    'function __latchkey_said',
    '    set -l skip 0',
    '    for word in (commandline -opc)[2..-1]',
    '        if test $skip = 1; set skip 0; continue; end',
    "        switch $word; case --profile; set skip 1; case '-*'; case '*'; echo $word; end",
    '    end',
    'end',
    '# Whether the command line has these words first.',
    'function __latchkey_in',
    '    set -l said (__latchkey_said)',
    '    set -l last (count $argv)',
    '    test (count $said) -ge $last; or return 1',
    '    test "$said[1..$last]" = "$argv"',
    'end',
    '# Whether it has these words and no others.',
    'function __latchkey_at',
    '    set -l said (__latchkey_said)',
    '    test "$said" = "$argv"',
    'end',
    'complete -c latchkey -f',
    line('__latchkey_at', "-l version -d 'the version of this command'"),
    ...firstWords(shapes).map(([word, text]) => line('__latchkey_at', `-a ${word} -d ${quoted(text)}`)),
    ...[...groupsOf(shapes)].flatMap(([word, some]) =>
      some.map(({ name, summary }) =>
        line(`__latchkey_at ${word}`, `-a ${name.split(' ')[1]} -d ${quoted(summary)}`),
      ),
    ),
    ...shapes.flatMap(linesOf),
  ].join('\n');
