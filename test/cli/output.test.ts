import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Output } from '#cli/terminal/output.ts';
import { Progress, wipe } from '#cli/terminal/progress.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => void written.push(text) };
}

beforeEach(() => void vi.stubEnv('TERM', 'xterm'));

const rows = [
  ['1', 'long cell', ''],
  ['22', 'x', 'y'],
];

test('a terminal sees aligned columns under their names, a pipe sees tabs', () => {
  const [terminal, pipe] = [screen(true), screen(false)];
  void new Output(terminal, screen(true)).print({ json: {}, rows, head: ['A', 'B', 'C'] }, false);
  void new Output(pipe, screen(true)).print({ json: {}, rows, head: ['A', 'B', 'C'] }, false);
  expect(terminal.written.join('')).toBe('A   B          C\n1   long cell\n22  x          y\n');
  expect(pipe.written.join('')).toBe('1\tlong cell\t\n22\tx\ty\n');
});

test('R7.6: columns stand below each other in Japanese and Chinese too', () => {
  const terminal = screen(true);
  const names = ['花子', 'bob', 'ｶﾅ👍', 'か\u3099ｱ', 'é１'];
  void new Output(terminal, terminal).print({ json: {}, rows: names.map((name) => [name, 'x']) }, false);
  expect(terminal.written.join('')).toBe('花子  x\nbob   x\nｶﾅ👍  x\nか\u3099ｱ   x\né１   x\n');
});

test('C75: a table for a file has no formula in it, and ids as they are', () => {
  const pipe = screen(false);
  const id = `-${'a'.repeat(21)}`;
  void new Output(pipe, pipe).print({ json: {}, rows: [[id, '-', '=1+1', 'note']] }, false);
  expect(pipe.written.join('')).toBe(`${id}\t-\t'=1+1\tnote\n`);
});

test('what others wrote cannot steer the terminal', () => {
  const terminal = screen(true);
  void new Output(terminal, terminal).print({ json: {}, rows: [['\u001b[2Jnote\nsecond\u0007']] }, false);
  expect(terminal.written.join('')).toBe('note second\n');
});

test('the bar shows how far it is and how fast, on a terminal only', () => {
  let now = 0;
  const terminal = screen(true);
  const progress = new Progress(terminal, 1_000, 'invites', () => now);
  progress.resume(100);
  now = 2_000;
  progress.advance(400);
  expect(terminal.written.at(-1)).toContain('████████████░░░░░░░░░░░░ 500 of 1000 invites, 200 a second');
  const pipe = screen(false);
  new Progress(pipe, 10, 'invites').advance(10);
  expect(pipe.written).toEqual([]);
});

test.each([10, 20, 40, 58, 80, 200])('C114: the bar is one line on a terminal of %i columns', (columns) => {
  let now = 0;
  const terminal = { ...screen(true), columns };
  const progress = new Progress(terminal, 100_000, 'invites', () => now);
  now = 20_000;
  progress.advance(50_000);
  const text = terminal.written.at(-1)!.replace(wipe, '');
  expect(text.length).toBeLessThan(columns);
  expect(text).toContain('50000 of 100000'.slice(0, columns - 1));
});

test('C114: a terminal that does not say how wide it is has a bar, a dumb one has none', () => {
  let now = 0;
  const terminal = { ...screen(true), columns: 0 };
  const progress = new Progress(terminal, 10, 'invites', () => now);
  now = 2_000;
  progress.advance(5);
  expect(terminal.written.at(-1)).toContain('5 of 10 invites');
  vi.stubEnv('TERM', 'dumb');
  progress.advance(5);
  progress.clear();
  expect(terminal.written).toHaveLength(1);
});

test('short work has no bar', () => {
  const terminal = screen(true);
  new Progress(terminal, 10, 'invites', () => 200).advance(10);
  expect(terminal.written).toEqual([]);
});

test('what is said does not tear the bar', async () => {
  const terminal = screen(true);
  const out = new Output(screen(false), terminal);
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  await out.progress(10, 'invites', async (progress) => {
    vi.advanceTimersByTime(1_000);
    progress.advance(5);
    out.say('Waiting.');
  });
  const text = terminal.written.join('');
  expect(text).toContain(`${wipe}Waiting.\n${wipe}`);
  expect(text.split('5 of 10 invites')).toHaveLength(3);
  expect(text.endsWith(wipe)).toBe(true);
});
