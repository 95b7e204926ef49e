import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hostedZone } from '../review/deployments.ts';
import { freePort } from './free-port.ts';

/** moto plays this account. */
export const account = '123456789012';

/** Whether this machine has moto, which a newcomer's has not. */
export const isMotoHere = (): boolean => spawnSync('python3', ['-c', 'import moto.moto_server']).status === 0;

/** A running moto, with what it lacks. */
export interface Moto {
  url: string;
  /** By which the CDK's command line and the AWS clients find it. */
  environment: Record<string, string>;
  stop(): void;
}

/** Starts moto on a free port of loopback. @throws if it ends before it answers. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const file = fileURLToPath(new URL('./moto_supplement/serve.py', import.meta.url));
  // `-B`: it leaves no compiled modules here.
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
      // CloudFormation is told where a template is in words that moto understands.
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
