const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'it can only be read',
  ENOSPC: 'no space is left',
  EDQUOT: 'no space is left for you',
  EPIPE: 'nobody reads it',
  EFBIG: 'it would be larger than a file may be',
  ENAMETOOLONG: 'the name is too long',
};

/** An error of the operating system, such as a full disk. */
export type SystemError = Error & { code: string; path?: string };

export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;

/** The reason in words. */
export const reasonOf = ({ code, message }: SystemError): string => reasons[code] ?? message;
