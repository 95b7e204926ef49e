import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import desk from '#web/assets/desk.css';
import invites from '#web/assets/invites.css';
import style from '#web/assets/style.css';
import app from '#web/browser/app.script';
import deviceId from '#web/browser/device-id.script';
import solver from '#web/browser/solver.script';
import strength from '#web/browser/strength.script';
import admin from '#web/desk/admin.script';
import member from '#web/desk/member.script';
import { accentOf } from '#shared/deployment/accent.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { page } from '#web/page.ts';

const script = (body: string) => ({ type: 'text/javascript; charset=utf-8', body });

/** What pages load, by file name. Scripts that not every page needs at once are files of their own. */
const assets = new Map([
  ['style.css', { type: 'text/css; charset=utf-8', body: style }],
  ['desk.css', { type: 'text/css; charset=utf-8', body: desk + invites }],
  ['app.js', script(app)],
  ['admin.js', script(admin)],
  ['member.js', script(member)],
  ['device-id.js', script(deviceId)],
  ['solver.js', script(solver)],
  ['strength.js', script(strength)],
]);

/** The colour is a property of the style sheet, because the strict policy forbids inline styles. */
function accentRule({ appColor }: Pick<Settings, 'appColor'>): string {
  const { light, dark } = accentOf(appColor);
  return `:root { --accent: light-dark(${light}, ${dark}) }\n`;
}

interface Sent {
  body: string;
  headers: Record<string, string>;
}

/** Files sent before: hashing one takes long, and most are asked for again. */
const sent = new Map<string, Sent>();

/** A file as it is sent; undefined if no file has the name. */
function sentFile(name: string, settings: Settings): Sent | undefined {
  const asset = assets.get(name);
  if (!asset) return undefined;
  const body = name === 'style.css' ? asset.body + accentRule(settings) : asset.body;
  // A new deployment shows at once: browsers ask each time, and usually hear that nothing changed.
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { 'content-type': asset.type, 'cache-control': 'public, no-cache', etag };
  sent.set(name, { body, headers });
  return sent.get(name);
}

/** Whether a browser, or a cache that has compressed the file, holds it already: by weak comparison (RFC 9110, 13.1.2). */
const holds = (held: string, etag: string): boolean =>
  held.trim() === '*' || held.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

export default page({
  summary: 'Styles and the scripts of the pages.',
  path: '/assets/{file}',
  auth: 'public',
  params: z.object({ file: z.string().check(z.maxLength(64)) }),
  uses: [],
  errors: ['not_found'],
  rate: [],
  async run({ params, settings, request, fail }) {
    const { body, headers } = sent.get(params.file) ?? sentFile(params.file, settings) ?? fail('not_found');
    return holds(request.headers['if-none-match'] ?? '', headers['etag']!)
      ? { status: 304, headers, body: '' }
      : { status: 200, headers, body };
  },
});
