/** The path of an invite in the API, or of an action on it. */
export const invitePath = (id: string, action = ''): string =>
  `/v1/admin/invites/${encodeURIComponent(id)}${action}`;
