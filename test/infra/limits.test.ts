import { describe, expect, test } from 'vitest';
import type { Entry } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/api/routes.ts';
import { cloned, synthesize, type Templates } from './synthesize.ts';

const real = findOperations();

/** An operation a second time, at paths of its own. */
function clone(entry: Entry): Entry {
  const { declaration } = entry;
  const at = (path: string): string => `/clone${path}`;
  return {
    ...entry,
    id: cloned(entry.id),
    declaration:
      'path' in declaration
        ? {
            ...declaration,
            path: at(declaration.path),
            ...(declaration.forms && {
              forms: declaration.forms.map((form) => ({ ...form, path: at(form.path) })),
            }),
          }
        : declaration,
  };
}

/** The most operations that a deployment should be able to have, of today's kinds. */
const many = [...real, ...real.map(clone)].slice(0, 120);

const settings = { mailFrom: 'invites@example.com', relayConcurrency: 5 };
const resourcesOf = ({ stateful, service }: Templates) =>
  [stateful, service].map(({ Resources }) => Object.keys(Resources).length) as [number, number];
const [today, later] = [synthesize(real, settings), synthesize(many, settings)];

describe('at 120 operations', () => {
  test.each(Object.entries(later))('the %s stack is within what CloudFormation takes', (_, template) => {
    expect(many).toHaveLength(120);
    // CloudFormation's limit is 500.
    expect(Object.keys(template.Resources).length).toBeLessThan(450);
    expect(Object.keys(template.Outputs).length).toBeLessThan(200);
    // CloudFormation's limit is 1 MB for a template, which CDK writes with indents.
    expect(JSON.stringify(template, null, 1).length).toBeLessThan(1_000_000);
  });

  test('the API is within what API Gateway takes: 300 routes, 300 integrations', () => {
    const routes = many.flatMap(routesOf);
    expect(new Set(routes).size).toBe(routes.length);
    expect(routes.length).toBeLessThan(300);
  });
});

test('an operation costs a function, its role and its log group; what starts a job, a little more', () => {
  const [[statefulNow, now], [statefulThen, then]] = [resourcesOf(today), resourcesOf(later)];
  expect(statefulThen).toBe(statefulNow);
  const each = (then - now) / (many.length - real.length);
  expect(each).toBeGreaterThanOrEqual(3);
  expect(each).toBeLessThan(3.5);
  // So even without the clones, today's template has room for 120.
  expect(now + Math.ceil(each) * (120 - real.length)).toBeLessThan(450);
});
