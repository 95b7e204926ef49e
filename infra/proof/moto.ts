import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hostedZone } from '../review/deployments.ts';
import { freePort } from './free-port.ts';

/** The account that moto simulates. */
export const account = '123456789012';

/** Whether this machine has moto. A new contributor's machine usually has not. */
export const isMotoHere = (): boolean => spawnSync('python3', ['-c', 'import moto.moto_server']).status === 0;

/** A running moto, with our supplement for what it lacks. */
export interface Moto {
  url: string;
  /** Environment variables by which the CDK's command line and the AWS clients find moto. */
  environment: Record<string, string>;
  stop(): void;
}

/** Starts moto on a free port of loopback. @throws if it ends before it answers. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const file = fileURLToPath(new URL('./moto_supplement/serve.py', import.meta.url));
  // `-B`: Python writes no compiled modules into this folder.
  const server = spawn('python3', ['-B', file, String(port), hostedZone.id, hostedZone.name], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, server);
  return {
    url,
    environment: {
      AWS_ACCESS_KEY_ID: 'proof',
      AWS_SECRET_ACCESS_KEY: 'proof',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: url,
      // The CDK gives CloudFormation the URLs of templates in this form, which moto understands.
      AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: 'https://s3.us-east-1.amazonaws.com',
    },
    stop: () => void server.kill(),
  };
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode}`);
    try {
      await fetch(`${url}/moto-api/`);
      return;
    } catch {
      await delay(100);
    }
  }
}
