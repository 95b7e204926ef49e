import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll } from 'vitest';
import type { Settings } from '#shared/deployment/settings.ts';
import { capability, onSender } from '#shared/deployment/capability.ts';
import { job, type Trigger } from '#shared/operation/job.ts';
import { stream } from '#shared/operation/stream.ts';
import type { Entry } from '#infra/entry.ts';
import { readsFile } from '#infra/bundle/settings-read.ts';
import { readSettings } from '#infra/settings/settings.ts';
import { createStacks } from '#infra/stacks/stacks.ts';
import { startStack } from '#local/stack/stack.ts';
import { type Stack } from '#local/stack/running-stack.ts';

/** A function of the tests: its trigger (`url`: requests to an address of its own), and its handler as JavaScript. */
export interface TestJob {
  trigger: Trigger | 'url';
  handler: string;
  /** Names of the settings that it reads. */
  settings?: readonly (keyof Settings)[];
}

const uses = [capability('mailer', [onSender], () => ({}))];

const declare = (trigger: Trigger | 'url') =>
  trigger === 'url'
    ? stream({
        summary: 'A stream of the tests.',
        uses: [],
        errors: [],
        showProblem: () => undefined,
        run: () => Promise.reject(new Error('its handler runs instead')),
      })
    : job({ summary: 'A job of the tests.', trigger, uses, run: async () => undefined });

/** Synthesizes a deployment of these jobs alone. @returns the directory. */
export function synthesizeJobs(jobs: Record<string, TestJob>, settings: object = {}): string {
  const outdir = mkdtempSync(join(tmpdir(), 'latchkey-host-'));
  const code = (id: string): string => join(outdir, 'code', id);
  const entries = Object.entries(jobs).map(([id, { trigger, handler, settings = [] }]): Entry => {
    mkdirSync(code(id), { recursive: true });
    writeFileSync(join(code(id), 'index.cjs'), `exports.handler = ${handler};`);
    writeFileSync(join(code(id), readsFile), JSON.stringify(settings));
    return { id, file: `${id}.ts`, declaration: declare(trigger) };
  });
  const app = new App({
    outdir,
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
  });
  const latchkey = { mailFrom: 'invites@latchkey.example', protect: false, ...settings };
  createStacks(app, readSettings({ latchkey }), entries, code);
  app.synth();
  return outdir;
}

/** A stack of these jobs for all tests of a file. */
export function useJobs(
  jobs: Record<string, TestJob>,
  settings: object = {},
): { stack: () => Stack; assembly: () => string } {
  let stack: Stack | undefined;
  let assembly = '';
  beforeAll(async () => {
    assembly = synthesizeJobs(jobs, settings);
    stack = await startStack({ assembly });
  });
  afterAll(async () => {
    await stack?.stop();
    rmSync(assembly, { recursive: true, force: true });
  });
  return { stack: () => stack!, assembly: () => assembly };
}
