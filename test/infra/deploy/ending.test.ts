import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { ask } from '#infra/deploy/ask.ts';
import { deployedStack } from '#infra/deploy/deployed-stacks.ts';
import { endBy } from '#infra/deploy/ending.ts';
import { deleteStack } from '#infra/deploy/unwanted-stacks.ts';
import { useAws } from './fake-aws.ts';
import { fakeMachine } from './fake-machine.ts';

const aws = useAws();
const stack = { name: 'latchkey-edge', region: 'us-east-1' };

/** The end of a command that does this: its exit code and its messages. */
async function end(act: () => Promise<unknown>) {
  const { machine, said } = fakeMachine();
  const code = await act().then(
    () => 0,
    (error: unknown) => endBy(error, 'deploy', machine),
  );
  return { code, said };
}

/** Asks a person who types this. */
async function askOf(typed: string) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = end(async () => expect(await ask('Deploy this? [y/N] ', input, output)).toBe('y'));
  input.write(typed);
  const ended = await answer;
  output.end();
  return { ...ended, shown: await text(output) };
}

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-C behind what was typed', 'y\u0003'],
  ['Ctrl-D', '\u0004'],
])('R8.1: %s at a question ends the command in words', async (_, typed) => {
  expect(await askOf(typed)).toMatchObject({ code: 1, said: ['Nothing was done.'] });
});

test('R8.1: a question is shown, and its answer taken without blanks around it', async () => {
  expect(await askOf(' y \r')).toMatchObject({
    code: 0,
    said: [],
    shown: expect.stringContaining('Deploy this?'),
  });
});

test.each([
  ['ExpiredToken', 'The AWS credentials have expired. Sign in again, with "aws login" or "aws sso login".'],
  ['AccessDenied', 'AWS has refused a call, AccessDenied: not DescribeStacks'],
  ['Throttling', 'AWS has refused a call, Throttling: not DescribeStacks'],
])('R8.1: a call that AWS answers with %s ends the command in words', async (code, sentence) => {
  aws.refused['DescribeStacks'] = code;
  expect(await end(() => deployedStack(stack))).toEqual({ code: 1, said: [sentence] });
});

test('R8.1: a stack that CloudFormation cannot delete ends the command in words, with what says why', async () => {
  aws.stacks[stack.name] = { isStuck: true };
  expect(await end(() => deleteStack(stack))).toEqual({
    code: 1,
    said: [
      expect.stringContaining('describe-stack-events --stack-name latchkey-edge --region us-east-1'),
      'Nothing else has been deleted after it. Run this again.',
    ],
  });
});

test('R8.1: a mistake of ours keeps its stack', async () => {
  await expect(end(() => Promise.reject(new TypeError('x is undefined')))).rejects.toThrow(TypeError);
});
