import { CbctlError, type ErrorCode, messageOf } from "../domain/errors.ts";

interface Trouble {
  readonly why: string;
  readonly hint: string;
  readonly code?: ErrorCode;
}

const FULL = { why: "the disk is full", hint: "free some space, or name a place on another disk" };
const DENIED = { why: "permission denied", hint: "give this user access, or name another place" };

const TROUBLES: Readonly<Record<string, Trouble>> = {
  ENOSPC: FULL,
  EDQUOT: { ...FULL, why: "the disk quota is used up" },
  EROFS: { why: "the file system is read-only", hint: "make it writable, or name another place" },
  EACCES: DENIED,
  EPERM: DENIED,
  EMFILE: { why: "too many files are open", hint: "raise the limit (ulimit -n)" },
  EISDIR: { why: "it is a folder", hint: "name a file", code: "usage" },
  ENOTDIR: { why: "a part of the path is a file", hint: "check the path", code: "usage" },
  ELOOP: { why: "its links lead in a circle", hint: "check the links", code: "usage" },
  ENAMETOOLONG: { why: "the name is too long", hint: "check the path", code: "usage" },
};

/** A failed file call as an error that names the path and the mend. @param deed "read", "write" … */
export function fileError(deed: string, path: string, error: unknown): CbctlError {
  if (error instanceof CbctlError) return error;
  const { why, hint, code } = TROUBLES[codeOf(error) ?? ""] ?? {
    why: messageOf(error),
    hint: "check the path",
  };
  return new CbctlError(code ?? "no-storage", `cannot ${deed} ${path}`, { reason: why, hint, where: path });
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}
