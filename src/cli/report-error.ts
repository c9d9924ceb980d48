import type { ErrorDocument } from "../domain/answers.ts";
import { CbctlError, type ExitCode, messageOf } from "../domain/errors.ts";

/** What `-o json` prints of a failure. */
export function errorDocument(error: unknown): ErrorDocument {
  const { code, exitCode, message, reason, hint, where } = expected(error);
  return { error: { exitCode, code, message, reason, hint, where } };
}

/** An error as expected ones are; anything else is a bug of cbctl and says so. */
export function expected(error: unknown): CbctlError {
  if (error instanceof CbctlError) return error;
  return new CbctlError("internal", `cbctl failed: ${messageOf(error)}`, {
    hint: "this is a bug in cbctl; run it again with -v and report what it prints",
  });
}

/** The code that a failure ends with. */
export function exitCodeOfError(error: unknown): ExitCode {
  return expected(error).exitCode;
}
