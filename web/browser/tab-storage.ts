/**
 * Uses the storage that a tab keeps until it is closed. A browser that blocks site data refuses access to it, and a full storage
 * refuses writes. Then nothing is kept, and the page works without it.
 */
const orNothing = <T>(act: (storage: Storage) => T): T | undefined => {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
};

/** What the tab keeps; undefined if it keeps nothing. */
export const keptInTab = (key: string): string | undefined =>
  orNothing((storage) => storage.getItem(key)) ?? undefined;

export const keepInTab = (key: string, value: string): unknown =>
  orNothing((storage) => storage.setItem(key, value));

export const forgetInTab = (key: string): unknown => orNothing((storage) => storage.removeItem(key));
