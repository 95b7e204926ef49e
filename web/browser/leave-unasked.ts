/**
 * Lets the page go without a question about what was typed: a user who has just agreed is not asked twice, and a page that would act
 * for another user must not stay. The document notes it, because each of the page's scripts has its own copy of this module.
 */
export function leaveUnasked(): void {
  document.body.dataset['leaves'] = '';
}

export const leavesUnasked = (): boolean => document.body.dataset['leaves'] !== undefined;
