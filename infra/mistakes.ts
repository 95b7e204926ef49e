/** All mistakes in a person's input, in sentences. They are shown all at once and without a stack. */
export class Mistakes extends Error {
  override readonly name = 'Mistakes';
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

/** Runs a script; mistakes end it with their sentences and exit code 1, anything else with its stack. */
export async function reportMistakes(script: () => Promise<void>): Promise<void> {
  try {
    await script();
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error;
    for (const sentence of error.sentences) console.error(sentence);
    process.exitCode = 1;
  }
}
