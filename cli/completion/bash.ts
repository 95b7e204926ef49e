import { commonFlags, firstWords, groupsOf, profilesFolder, type Offer, type Shape } from './shape.ts';

const reply = (words: string): string => `COMPREPLY=($(compgen -W "${words}" -- "$cur"))`;

/** The statement that fills COMPREPLY. `return` ends the function before that, so that bash offers files. */
function replyOf(offer: Offer): string {
  if (offer === 'files') return 'return';
  if (offer === 'profiles') return reply('$(_latchkey_profiles)');
  return offer === 'nothing' ? ':' : reply(offer.join(' '));
}

const valueCases = (shapes: readonly Shape[]): string[] =>
  shapes.flatMap(({ name, flags }) =>
    flags
      .filter(({ value }) => value !== undefined)
      .map(({ flag, offer }) => `    '${name} ${flag}') ${replyOf(offer)};;`),
  );

const commandCases = (shapes: readonly Shape[]): string[] =>
  shapes.map(({ name, flags, operands }) => {
    const words = flags.map(({ flag }) => flag).join(' ');
    return `    '${name}') if [[ $cur == -* ]]; then ${reply(words)}; else ${replyOf(operands)}; fi;;`;
  });

const groupCases = (shapes: readonly Shape[]): string[] =>
  [...groupsOf(shapes)].map(
    ([word, some]) => `    '${word}') ${reply(some.map(({ name }) => name.split(' ')[1]).join(' '))};;`,
  );

/** A completion for bash, from 3.2 on. */
export const bashScript = (shapes: readonly Shape[]): string => {
  const valued = new Set(shapes.flatMap(({ flags }) => flags.filter(({ value }) => value !== undefined)));
  const flags = [...new Set([...valued].map(({ flag }) => flag))];
  const first = [
    ...firstWords(shapes).map(([word]) => word),
    ...commonFlags.map(({ flag }) => flag),
    '--version',
  ];
  return `# Completion of latchkey for bash: source <(latchkey completion bash)
_latchkey_profiles() { ls ${profilesFolder} 2>/dev/null | sed -n 's/\\.json$//p'; }
_latchkey() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} said='' skip='' word at
  COMPREPLY=()
  # bash takes --name=value apart.
  [[ $cur == '=' ]] && cur=''
  [[ $prev == '=' ]] && prev=\${COMP_WORDS[COMP_CWORD-2]}
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      ${flags.join('|')}) skip=1;;
      -*) ;;
      *) case $said in
           ''|${[...groupsOf(shapes).keys()].join('|')}) said="\${said:+$said }$word";;
         esac;;
    esac
  done
  case "$said $prev" in
${valueCases(shapes).join('\n')}
    *) case "$said" in
    '') ${reply(first.join(' '))};;
${groupCases(shapes).join('\n')}
${commandCases(shapes).join('\n')}
    esac;;
  esac
  # Where no file is meant, none is offered.
  [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt +o default +o bashdefault 2>/dev/null
  return 0
}
complete -o bashdefault -o default -F _latchkey latchkey`;
};
