import type { Diagnosis } from './doctor.ts';
import type { Level } from './finding.ts';

const words: Readonly<Record<Level, string>> = {
  broken: 'broken ',
  warning: 'warning',
  unknown: 'unknown',
  fine: 'fine   ',
};

/** The diagnosis for people. Broken findings come last, where a reader of a terminal looks first. */
export function textOf({ isDeployed, findings }: Diagnosis): string {
  const order: Level[] = ['fine', 'unknown', 'warning', 'broken'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const count = (level: Level): number => findings.filter((one) => one.level === level).length;
  return [
    ...sorted.map(({ level, check, found, remedy }) => {
      const line = `${words[level]}  ${check}: ${found}`;
      return remedy ? `${line}\n         ${remedy}` : line;
    }),
    `\n${count('broken')} broken, ${count('warning')} warnings, ${count('unknown')} not looked at.` +
      (isDeployed === false ? ' Nothing is deployed yet; run it again after npm run deploy.' : ''),
  ].join('\n');
}

/** The diagnosis for scripts. */
export const jsonOf = ({ isDeployed, findings }: Diagnosis): string =>
  JSON.stringify({ deployed: isDeployed ?? null, broken: isBroken({ isDeployed, findings }), findings });

export const isBroken = ({ findings }: Diagnosis): boolean =>
  findings.some(({ level }) => level === 'broken');
