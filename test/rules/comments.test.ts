import { expect, test } from 'vitest';
import { files, read, source } from './files.ts';

const commented = [...source, ...files('test/**/*.ts'), ...files('web/assets/*.css')];

/** Lines that begin as a comment does: none of ours stands behind code. */
const commentLines = (text: string): string[] =>
  text.split('\n').filter((line) => /^\s*(\/\/|\/\*|\*( |\/|$))/.test(line));

const turned = /\b(whoever|whomever|somebody|someone|nobody)\b/i;
const maxWidth = 140;

test('a comment names who acts, the guest, the caller or the app, and is no wider than the code', () => {
  const found = commented.flatMap((file) =>
    commentLines(read(file))
      .filter((line) => turned.test(line.replaceAll(/`[^`]*`/g, '')) || line.length > maxWidth)
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
  expect(commentLines('/** Whoever asks. */\nconst a = 1; // 2\n  // Somebody.')).toHaveLength(2);
  expect(['/** Whoever asks. */', '// Nobody'].every((line) => turned.test(line))).toBe(true);
});
