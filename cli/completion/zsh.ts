import {
  commonFlags,
  firstWords,
  groupsOf,
  profilesFolder,
  type Flag,
  type Offer,
  type Shape,
} from './shape.ts';

/** Escapes text for single quotes, and escapes brackets and colons for `_arguments`. */
const quoted = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, String.raw`\$&`);

function actionOf(offer: Offer): string {
  if (offer === 'files') return '_files';
  if (offer === 'profiles') return '_latchkey_profiles';
  return offer === 'nothing' ? ' ' : `(${offer.join(' ')})`;
}

const specOf = ({ flag, text, value, offer }: Flag): string =>
  value === undefined
    ? `'${flag}[${quoted(text)}]'`
    : `'${flag}=[${quoted(text)}]:${value}:${actionOf(offer)}'`;

const described = (entries: readonly (readonly [string, string])[]): string =>
  entries.map(([word, text]) => `'${quoted(word)}:${quoted(text)}'`).join(' ');

const caseOf = ({ name, flags, operands }: Shape): string => {
  const specs = [...flags.map(specOf), `'*:operand:${actionOf(operands)}'`];
  return `    '${name}') _arguments ${specs.join(' ')};;`;
};

/** A completion for zsh. */
export const zshScript = (shapes: readonly Shape[]): string => `#compdef latchkey
# Completion of latchkey for zsh: source <(latchkey completion zsh)
_latchkey_profiles() {
  local -a names
  names=(\${(f)"$(ls ${profilesFolder} 2>/dev/null | sed -n 's/\\.json$//p')"})
  compadd -a names
}
_latchkey() {
  local -a commands common
  local said
  common=(${commonFlags.map(specOf).join(' ')})
  # The words of the command are taken away, so that what follows is about its options and operands.
  while (( CURRENT > 2 )) && [[ $words[2] == -* ]]; do
    if [[ $words[2] == --profile ]] && (( CURRENT > 3 )); then shift words; (( CURRENT-- )); fi
    shift words; (( CURRENT-- ))
  done
  if (( CURRENT == 2 )); then
    if [[ $words[2] == -* ]]; then _arguments $common '--version[the version of this command]'; return; fi
    commands=(${described(firstWords(shapes))})
    _describe command commands
    return
  fi
  said=$words[2]
  shift words; (( CURRENT-- ))
  case $said in
${[...groupsOf(shapes)]
  .map(
    ([word, some]) => `    '${word}')
      if (( CURRENT == 2 )); then
        commands=(${described(some.map(({ name, summary }) => [name.split(' ')[1] ?? '', summary]))})
        _describe command commands
        return
      fi
      said="$said $words[2]"
      shift words; (( CURRENT-- ));;`,
  )
  .join('\n')}
  esac
  case $said in
${shapes.map(caseOf).join('\n')}
  esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _latchkey latchkey`;
