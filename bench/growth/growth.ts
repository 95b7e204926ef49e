import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynoxideDatabase } from '#local/engine/dynoxide.ts';
import { startEngine, type Engine } from '#local/engine/engine.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { tokenOf } from '../harness/credentials.ts';
import { timed, type Figure } from '../harness/measure.ts';
import { createInvites, register } from '../harness/people.ts';
import { signInAdmin, withStacks } from '../harness/stack.ts';
import { cloneRows } from './clone-rows.ts';
import { growthOf, mostCalls } from './measure-growth.ts';
import { operationsOf, type Subjects } from './operations.ts';
import { openSwitch } from './switched-engine.ts';

const settings = { rates: 'off', captcha: 'off', bcryptCost: 4, mailFrom: null };
/** The number of rows of each kind from which on cost must not grow. */
const fewest = 100;
const usualMost = 1_000_000;
/** Open invites created in one request: the engine writes each to its file. */
const atOnce = 50;

/** Lets the product write the rows to be copied and the subjects of the operations. */
async function prepare(stack: Stack): Promise<{ subjects: Subjects; ids: string[] }> {
  const admin = await signInAdmin(stack);
  const label = 'course';
  const invite = (body: object) => createInvites(stack, admin, { label, ...body });
  const username = 'person0000000';
  const email = `${username}@example.com`;
  const [own] = await invite({ emails: [email] });
  const copied = await register(stack, own!, username);
  const [first, second, link, ...unused] = await invite({ count: atOnce });
  while (unused.length < mostCalls) unused.push(...(await invite({ count: atOnce })));
  const person = await register(stack, first!, 'someone');
  const visitor = await register(stack, second!, 'visitor');
  await stack.settle();
  return {
    subjects: {
      admin,
      person,
      visitor,
      template: { username, email },
      label,
      link: tokenOf(link!),
      unused: unused.map(tokenOf),
    },
    ids: [copied.user.id, own!.id, copied.session.id],
  };
}

/** Copies of a database with `size` more rows of each kind, each with its own engine. */
async function grow(
  from: string,
  directory: string,
  sizes: readonly number[],
  copy: (file: string, count: number) => void,
): Promise<Map<number, Engine>> {
  const engines = new Map<number, Engine>();
  for (const size of sizes) {
    const dataDir = join(directory, String(size));
    const engine = await startEngine({ store: 'dynoxide', dataDir });
    await engine.stop();
    for (const suffix of ['-wal', '-shm']) rmSync(dynoxideDatabase(dataDir) + suffix, { force: true });
    copyFileSync(from, dynoxideDatabase(dataDir));
    const tookMs = await timed(async () => copy(dynoxideDatabase(dataDir), size));
    console.log(
      `${size} invites, users, sessions and audit trails stored in ${(tookMs / 1_000).toFixed(1)} s`,
    );
    engines.set(size, await startEngine({ store: 'dynoxide', dataDir }));
  }
  return engines;
}

/** The cost of operations with few and with many rows stored, by the same functions in the same run. */
export async function benchGrowth(most = usualMost): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-growth-'));
  const engine = await openSwitch();
  const running: Engine[] = [];
  try {
    const first = await startEngine({ store: 'dynoxide', dataDir: join(directory, 'first') });
    running.push(first);
    engine.use(first.url);
    return await withStacks(
      1,
      settings,
      async ([stack], assembly): Promise<Figure[]> => {
        const { subjects, ids } = await prepare(stack!);
        await running.pop()!.stop();
        const sizes = [...new Set([fewest, Math.round(Math.sqrt(fewest * most)), most])];
        const { username } = subjects.template;
        const engines = await grow(
          dynoxideDatabase(join(directory, 'first')),
          directory,
          sizes,
          (file, count) => cloneRows(file, { ids, username }, count),
        );
        running.push(...engines.values());
        return await growthOf(stack!, assembly, engine, engines, operationsOf(subjects));
      },
      engine.url,
    );
  } finally {
    for (const one of running) await one.stop();
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
