import { expect, test } from 'vitest';
import type { Entry } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { synthesize } from './synthesize.ts';

const real = findOperations();

/** As many operations as Latchkey will have, of the kinds that it has now. */
const sixty: Entry[] = Array.from({ length: 60 }, (_, index) => {
  const entry = real[index % real.length]!;
  return { ...entry, id: index < real.length ? entry.id : `${entry.id}-${index}` };
});
const templates = synthesize(sixty, { mailFrom: 'invites@example.com', reservedConcurrency: 5 });

test.each(Object.entries(templates))(
  'at 60 operations the %s stack is within what CloudFormation takes',
  (_, template) => {
    expect(Object.keys(template.Resources).length).toBeLessThan(400);
    expect(Object.keys(template.Outputs).length).toBeLessThan(200);
    // CloudFormation takes templates of 1 MB.
    expect(JSON.stringify(template).length).toBeLessThan(700_000);
  },
);
