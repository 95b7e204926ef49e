import { describe, expect, test } from 'vitest';
import { readOptions } from '#local/stack/options.ts';

describe('the options of npm start', () => {
  test('have defaults', () => {
    expect(readOptions([])).toEqual({
      json: false,
      port: 4800,
      dataDir: '.local',
      store: undefined,
      settings: {},
    });
  });

  test('are read', () => {
    const args = '--json --port 0 --data x --store dynamodb-local --set rates=off --set appName=A=B'.split(
      ' ',
    );
    expect(readOptions(args)).toEqual({
      json: true,
      port: 0,
      dataDir: 'x',
      store: 'dynamodb-local',
      settings: { rates: 'off', appName: 'A=B' },
    });
    expect(readOptions(['--memory']).dataDir).toBeUndefined();
  });

  test.each([
    ['--bogus', "Unknown option '--bogus'"],
    ['word', "Unexpected argument 'word'"],
    ['--port', "Option '-"],
    ['--port=x', '--port wants a number'],
    ['--port=70000', '--port wants a number'],
    ['--set=x', '--set wants KEY=VALUE'],
    ['--memory --data=x', '--memory keeps nothing and --data does'],
  ])('%s is refused with one line', (options, message) => {
    expect(() => readOptions(options.split(' '))).toThrow(message);
    expect(() => readOptions(options.split(' '))).toThrow(/^[^\n]* Options: --json[^\n]*$/);
  });
});
