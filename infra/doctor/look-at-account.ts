import { callerIn, NoCaller, type Caller } from '../deploy/account.ts';
import { mistakeInBootstrap } from '../deploy/bootstrapped.ts';
import { fine, lookedAt, trouble, type Finding } from './finding.ts';

/** AWS refuses requests that are signed with a clock five minutes off; mail codes and tokens suffer earlier. */
const mostSkewMs = { warning: 30_000, broken: 240_000 };

/** Whose credentials these are. Without credentials, nothing else at AWS can be looked at. */
export async function lookAtCredentials(
  region: string,
): Promise<{ caller: Caller | undefined; findings: Finding[] }> {
  try {
    const caller = await callerIn(region);
    return {
      caller,
      findings: [fine('credentials', `Account ${caller.account}, as ${caller.arn}.`), ...skewOf(caller)],
    };
  } catch (error) {
    if (!(error instanceof NoCaller)) throw error;
    return { caller: undefined, findings: [trouble('credentials', 'broken', error.found, error.remedy)] };
  }
}

function skewOf({ clockSkewMs }: Caller): Finding[] {
  if (clockSkewMs === undefined) return [];
  const off = Math.abs(clockSkewMs);
  const seconds = Math.round(off / 1000);
  if (off < mostSkewMs.warning) return [fine('clock', 'This machine’s clock agrees with AWS’s.')];
  return [
    trouble(
      'clock',
      off < mostSkewMs.broken ? 'warning' : 'broken',
      `This machine’s clock is ${seconds} seconds ${clockSkewMs > 0 ? 'behind' : 'ahead of'} AWS’s.`,
      'Set the clock, best by NTP: AWS refuses what is signed five minutes off.',
    ),
  ];
}

/** Whether CDK can deploy to the regions. */
export async function lookAtBootstrap(regions: readonly string[]): Promise<Finding[]> {
  const looks = regions.map((region) =>
    lookedAt(
      'bootstrap',
      async () => {
        const mistake = await mistakeInBootstrap(region);
        return [
          mistake === undefined
            ? fine('bootstrap', `The region ${region} is prepared for CDK.`)
            : trouble('bootstrap', 'broken', mistake, 'Run npm run bootstrap.'),
        ];
      },
      `Whether the region ${region} is prepared for CDK`,
    ),
  );
  return (await Promise.all(looks)).flat();
}
