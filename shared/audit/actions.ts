/** Names of all actions in the audit trail. */
export const auditActions = [
  'registration',
  'session.create',
  'session.delete',
  'session.end-others',
  'session.taken-over',
  'invite.create',
  'invite.revoke',
  'invite.reissue',
  'invite.delete',
  'user.update',
  'user.delete',
  'user.disable',
  'user.enable',
  'user.promote',
  'user.demote',
  'user.unlock',
  'user.unbind',
  'user.verify',
  'user.end-sessions',
  'user.limit',
  'email.verify',
  'email.update',
  'password.update',
  'password.reset',
  'device.move',
  'admin.bootstrap',
  'app.sign-in',
  'app.sign-out',
  'app.reuse',
  'suppression.lift',
  'key.put',
  'key.update',
  'key.delete',
  'key.check',
  'relay.call',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Actions that use a stored API key: its owner's relayed calls, and checks whether the provider accepts it. */
export const keyUseActions = ['relay.call', 'key.check'] as const satisfies readonly AuditAction[];
export type KeyUseAction = (typeof keyUseActions)[number];

export const auditOutcomes = ['done', 'refused'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];
