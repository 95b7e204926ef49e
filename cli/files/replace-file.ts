import { open, rename } from 'node:fs/promises';

/** Replaces a file as a whole: a process that is killed half-way leaves the old one. Only its owner may read it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.tmp`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
