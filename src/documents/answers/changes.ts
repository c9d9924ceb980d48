import * as v from "valibot";
import { answer, count, errorCode, exitCode, flag, maybeText, text, texts } from "./parts.ts";
import { action, instanceResult } from "./values.ts";

export const changeResult = answer("ChangeResult", {
  action,
  context: text,
  system: text,
  dryRun: flag,
  results: v.array(instanceResult),
  applied: count,
  total: count,
  journalId: maybeText,
  requests: v.optional(texts),
});

export const exitCodeList = answer("ExitCodeList", {
  exitCodes: v.array(v.strictObject({ code: exitCode, name: text, meaning: text })),
});

/** What a command prints when it fails; the one answer without apiVersion and kind. */
export const errorDocument = v.strictObject({
  error: v.strictObject({
    exitCode,
    code: errorCode,
    message: text,
    reason: maybeText,
    hint: maybeText,
    where: maybeText,
  }),
});
