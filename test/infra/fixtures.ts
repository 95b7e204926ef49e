import { capability, onIndex, onKey, onSender, onTable } from '#shared/deployment/capability.ts';
import { job, type Trigger } from '#shared/operation/job.ts';
import type { Entry } from '#infra/entry.ts';

const uses = [
  capability('mails', [onTable('mails', 'UpdateItem', 'GetItem'), onIndex('mails', 'byDue')], () => ({})),
  capability('mailer', [onSender], () => ({})),
  capability('passwords', [onKey('pepper', 'GenerateMac')], () => ({})),
] as const;

const entry = (id: string, trigger: Trigger): Entry => ({
  id,
  file: `${id}.ts`,
  declaration: job({ summary: 'A job of the tests.', trigger, uses, run: async () => undefined }),
});

/** A job for every trigger, each with every kind of grant, independent of the contents of functions/. */
export const jobs: readonly Entry[] = [
  entry('test-stream', { stream: 'mails' }),
  entry('test-minutely', { everyMinutes: 1 }),
  entry('test-schedule', { everyMinutes: 5 }),
  entry('test-feedback', 'feedback'),
  entry('test-invocation', 'invocation'),
];
