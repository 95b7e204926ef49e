import * as z from 'zod/mini';
import { describe, expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { User } from '#shared/users/user.ts';
import { forgotPage, movePage } from '#web/pages/forgot.ts';
import { homePage } from '#web/pages/home.ts';
import { loginPage } from '#web/pages/login.ts';
import { moveCodePage } from '#web/pages/move-code.ts';
import { registerPage } from '#web/pages/register.ts';
import { resetPage } from '#web/pages/reset.ts';
import { verifyCodePage } from '#web/pages/verify.ts';

const settings = parseSettings({ origin: 'https://app.example.com', mailFrom: 'app@example.com' });
const view = {
  locale: 'en',
  settings,
  origin: '',
  now: 0,
  visit: {},
  flow: '',
  next: '/',
  fields: {},
} as const;
const admin = { username: 'admin', firstName: '', lastName: '', locale: 'en', role: 'admin' } as User;

const pages: Readonly<Record<string, Answer>> = {
  forgot: forgotPage(view),
  home: homePage({ ...view, user: admin }),
  login: loginPage(view),
  move: movePage(view),
  'move with a code': moveCodePage(view),
  register: registerPage(view),
  'register with a code': registerPage({ ...view, askCode: true }),
  'register a device': registerPage({ ...view, kind: 'device-only' }),
  reset: resetPage(view),
  'verify with a code': verifyCodePage(view, ''),
};

/** The bodies of operations, by the routes to which people's forms are sent. */
const bodies = new Map(
  findOperations()
    .filter(isOperation)
    .flatMap(({ declaration: { method, path, body, forms = [] } }) =>
      [`${method} ${path}`, ...forms.map((form) => `POST ${form.path}`)].map((route) => [route, body]),
    ) as [string, z.ZodMiniObject<Record<string, z.ZodMiniType>>][],
);

interface Input {
  form: string;
  name: string;
  type: string;
  attributes: ReadonlyMap<string, string>;
}

const attributesOf = (tag: string) =>
  new Map([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));

/** The route to which a form is sent. */
const routeOf = (form: ReadonlyMap<string, string>): string =>
  form.get('data-call') ?? `POST ${form.get('action')}`;

/** The inputs that people type into, without secrets: browsers silently cut off at `maxlength`, so secrets have none. */
const inputsOf = ({ body }: Answer): Input[] =>
  [...String(body).matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].flatMap(([, form, content]) =>
    [...content!.matchAll(/<input[^>]*>/g)]
      .map(([tag]) => attributesOf(tag))
      .map((attributes) => ({
        form: routeOf(attributesOf(form!)),
        name: attributes.get('name') ?? '',
        type: attributes.get('type') ?? 'text',
        attributes,
      }))
      .filter(({ type }) => !['hidden', 'password', 'checkbox'].includes(type)),
  );

const shown = Object.entries(pages).flatMap(([page, answer]) =>
  inputsOf(answer).map((input) => [`${page}: ${input.name}`, input] as const),
);

/** Text of `length` characters, in the form that the field asks for. */
const textOf = (type: string, length: number): string =>
  type === 'email' ? `a@${'b.'.repeat(200)}`.slice(0, length - 3) + 'com' : 'a'.repeat(length);

describe('a limit that is shown is the limit that is enforced', () => {
  test('every form of the pages is looked at', () => {
    expect(new Set(shown.map(([name]) => name)).size).toBe(shown.length);
    expect(shown.length).toBeGreaterThan(15);
  });

  test.each(shown)('%s', (_name, { form, name, type, attributes }) => {
    const field = bodies.get(form)!.shape[name]!;
    const takes = (value: unknown) => z.safeParse(field, value).success;
    if (type === 'number') {
      const [min, max] = [Number(attributes.get('min')), Number(attributes.get('max'))];
      expect([min - 1, min, max, max + 1].map(takes)).toEqual([false, true, true, false]);
    } else {
      const max = Number(attributes.get('maxlength'));
      expect([max, max + 1].map((length) => takes(textOf(type, length)))).toEqual([true, false]);
    }
  });
});
