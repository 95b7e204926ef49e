import { accountErrors } from './accounts.ts';
import { appErrors } from './apps.ts';
import { callerErrors } from './callers.ts';
import type { ErrorEntry } from './entry.ts';
import { requestErrors } from './requests.ts';
import { vaultErrors } from './vault.ts';

const entries = { ...requestErrors, ...callerErrors, ...accountErrors, ...appErrors, ...vaultErrors };

export type ErrorCode = keyof typeof entries;

/** The one table of errors: code → status and texts. */
export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = entries;
