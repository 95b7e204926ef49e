import { command } from '../command.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { shapeOf, shells } from '../completion/shape.ts';
import { zshScript } from '../completion/zsh.ts';
import { oneOf } from '../option-values.ts';

const scripts: Record<(typeof shells)[number], typeof bashScript> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export const completion = command({
  name: 'completion',
  summary: 'Prints what completes commands and options in your shell.',
  operands: '<SHELL>',
  options: {},
  notes: `
  bash  source <(latchkey completion bash)      in ~/.bashrc
  zsh   source <(latchkey completion zsh)       in ~/.zshrc
  fish  latchkey completion fish | source       in ~/.config/fish/config.fish
It completes the word latchkey: make that a function or a file in PATH, as zsh looks through an alias.`,
  run({ operands: [shell = ''], commands }) {
    const known = oneOf(shells, shell, 'completion');
    const script = scripts[known](commands.map(shapeOf));
    return Promise.resolve({ json: { shell: known, script }, rows: [], text: `${script}\n` });
  },
});
