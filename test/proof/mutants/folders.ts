/**
 * The tests of each folder of `shared/`, which are recorded and run against the folder's mutants. None of them may have an AWS
 * client in the tests' own process: when the file is loaded again, that client would call a stack which is gone.
 */
export const testsOf = {
  quotas: [
    'test/units/quota.test.ts',
    'test/faults/quotas.test.ts',
    'test/operations/{quota-read,relay-quota,admin-user-update,admin-user-read,me-delete}.test.ts',
  ],
  sessions: [
    'test/units/{device-name,signer,browser-session,session-answers}.test.ts',
    'test/operations/{session-*,token-create*,jwks-read,me-read,password-update,password-reset,me-delete}.test.ts',
    'test/operations/{userinfo-read,page-login-ended,page-devices-only,me-export-confirmed,key-rotate}.test.ts',
    'test/faults/{access-tokens,device-proofs,guessing,app-moments}.test.ts',
  ],
  vault: [
    'test/units/{api-key,typed-key}.test.ts',
    'test/operations/{key-*,relay-key,me-delete,session-create-told}.test.ts',
  ],
  invites: [
    'test/units/{invite,invite-*}.test.ts',
    'test/operations/{invite-*,admin-invite-*,admin-branch-*,registration-create*,me-invite-list,mail-feedback*,mail-send}.test.ts',
    'test/operations/{admin-bootstrap,admin-audit-list,admin-label-list,admin-proven,admin-stats-read,admin-user-*,me-delete,me-export,page-invite}.test.ts',
    'test/faults/{registration,chosen-codes,invite-moments}.test.ts',
  ],
  apps: [
    'test/units/app-{client,sign-in,tokens}.test.ts',
    'test/operations/{oauth-*,authorization-*,userinfo-read,openid-read,me-app-list,app-secret,page-login-next}.test.ts',
    'test/faults/{app-sign-in,app-moments,authorization}.test.ts',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Folder = keyof typeof testsOf;

export const folders = Object.keys(testsOf) as Folder[];
