import { expect, test } from 'vitest';
import { joinUpdates, setFields } from '#shared/aws/update.ts';

test('fields are set or removed beside a condition on the same field, which keeps its own value', () => {
  const fields = setFields({ state: 'used', note: undefined, uses: 0 });
  expect(joinUpdates([fields, { when: '#state = :state', values: { ':state': 'active' } }])).toEqual({
    UpdateExpression: 'SET #state = :new_state, #uses = :new_uses REMOVE #note',
    ConditionExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': 'state', '#note': 'note', '#uses': 'uses' },
    ExpressionAttributeValues: { ':new_state': 'used', ':new_uses': 0, ':state': 'active' },
  });
});

test('an update that only sets, or only removes, has no other clause', () => {
  const asked = { when: 'a = :a', values: { ':a': 1 } };
  const clausesOf = (fields: object) => joinUpdates([setFields(fields), asked]).UpdateExpression;
  expect([{ b: 1 }, { c: undefined }].map(clausesOf)).toEqual(['SET #b = :new_b', 'REMOVE #c']);
});
