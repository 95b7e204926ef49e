import { spawn } from 'node:child_process';
import { isSystemError } from '../files/system-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The command that opens an address, by system. Other systems with a desktop use `xdg-open`. */
const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * The command that opens an address on the person's screen: BROWSER, else the system's own. Undefined if BROWSER is `none`, or
 * if there is no such screen: no desktop, or the person works over SSH.
 */
export function openerOf(env: Environment, platform = process.platform): readonly string[] | undefined {
  if (env['BROWSER']) return env['BROWSER'] === 'none' ? undefined : [env['BROWSER']];
  if (env['DISPLAY'] || env['WAYLAND_DISPLAY']) return openers[platform] ?? ['xdg-open'];
  return env['SSH_CONNECTION'] ? undefined : openers[platform];
}

/** Opens an address. Failures are ignored, because the terminal shows the address too. */
export function openBrowser([program = '', ...args]: readonly string[], url: string): void {
  try {
    const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
    child.on('error', () => undefined);
    child.unref();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
