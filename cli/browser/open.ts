import { spawn } from 'node:child_process';
import { isSystemError } from '../files/system-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What opens an address on each system, besides the ones of a free desktop. */
const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * The command that opens an address in a browser in front of the person: BROWSER, else the system's own; undefined where the person
 * sits at another machine (SSH) or there is no desktop.
 */
export function openerOf(env: Environment, platform = process.platform): readonly string[] | undefined {
  if (env['BROWSER']) return env['BROWSER'] === 'none' ? undefined : [env['BROWSER']];
  if (env['DISPLAY'] || env['WAYLAND_DISPLAY']) return openers[platform] ?? ['xdg-open'];
  return env['SSH_CONNECTION'] ? undefined : openers[platform];
}

/** Opens an address. Where that fails, the person has it from the terminal. */
export function openBrowser([program = '', ...args]: readonly string[], url: string): void {
  try {
    const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
    child.on('error', () => undefined);
    child.unref();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
