import { lossesIn, type Change } from '../deploy/changes.ts';
import { fine, remedyOfRefusal, trouble, type Finding } from './finding.ts';

/** Patterns of credentials. None belongs in the settings, which functions and templates show. */
const secrets: Readonly<Record<string, RegExp>> = {
  'an AWS access key': /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  'an API key': /\bsk-[A-Za-z0-9_-]{20,}/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a token of GitHub': /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  'a URL with a password': /\bhttps?:\/\/[^/\s:@]+:[^/\s@]+@/,
};
/** Texts of the settings with their places, such as `services.claude.baseUrl`. */
function textsIn(value: unknown, place: string): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    textsIn(one, place === '' ? name : `${place}.${name}`),
  );
}

/** Whether a setting holds a secret. A finding names the place of the setting, never its text. */
export function lookAtSecrets(settings: object): Finding[] {
  const found = textsIn(settings, '').flatMap(([place, text]) => {
    const [what] = Object.entries(secrets).find(([, form]) => form.test(text)) ?? [];
    return what ? [`${place} holds what looks like ${what}`] : [];
  });
  if (found.length === 0) return [fine('secrets', 'No setting looks like a secret.')];
  return found.map((one) =>
    trouble(
      'secrets',
      'broken',
      `${one}.`,
      'Take it out, and have it replaced where it is from: settings stand in templates, in functions and on the page of administrators.',
    ),
  );
}

/**
 * Whether the deployment would replace a table or key in use by an empty or new one.
 * @param unseen names of further stacks, which could not be looked at.
 */
export function lookAtChanges(changes: readonly Change[], unseen: ReadonlySet<string>): Finding[] {
  const losses = lossesIn(changes);
  if (losses.length > 0)
    return losses.map((one) =>
      trouble(
        'changes',
        'broken',
        `${one} would be replaced by an empty one.`,
        'Do not deploy this: npm run deploy refuses it. docs/disaster.md says how data moves to another table.',
      ),
    );
  if (unseen.size > 0)
    return [
      trouble(
        'changes',
        'unknown',
        `Whether a table or a key would be replaced was not looked at in ${[...unseen].join(', ')}.`,
        remedyOfRefusal,
      ),
    ];
  return [
    fine(
      'changes',
      changes.every(({ isNew }) => isNew)
        ? 'Nothing is deployed yet.'
        : 'What would be deployed replaces no table and no key.',
    ),
  ];
}

/** Why a deployment would be refused, although each setting is valid by itself. */
export const lookAtDoubts = (doubts: readonly string[]): Finding[] =>
  doubts.map((one) =>
    trouble('settings', 'warning', one, 'Until then npm run deploy refuses; npm run doctor only looks.'),
  );
