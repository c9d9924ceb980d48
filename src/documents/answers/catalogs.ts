import * as v from "valibot";
import { capability } from "./breakers.ts";
import { answer, count, flag, maybeText, number, text, texts, verb } from "./parts.ts";

const contextRow = {
  name: text,
  current: flag,
  system: text,
  instances: texts,
  prometheus: maybeText,
  protected: flag,
};

export const contextList = answer("ContextList", {
  file: maybeText,
  contexts: v.array(v.strictObject(contextRow)),
});

export const context = answer("Context", {
  ...contextRow,
  file: maybeText,
  auth: maybeText,
  alertmanager: maybeText,
  inputs: v.record(text, v.union([text, number, flag])),
  upstreams: texts,
  store: text,
});

const systemRow = {
  name: text,
  title: text,
  source: v.picklist(["package", "user", "file"]),
  path: text,
  trusted: flag,
  verbs: v.array(verb),
};

export const systemList = answer("SystemList", { systems: v.array(v.strictObject(systemRow)) });

const threshold = v.strictObject({
  name: text,
  native: text,
  unit: maybeText,
  min: v.nullable(number),
  max: v.nullable(number),
  default: v.nullable(v.union([number, flag])),
  readOnly: flag,
  writeOnly: flag,
});

export const systemDetails = answer("SystemDetails", {
  ...systemRow,
  description: maybeText,
  reads: maybeText,
  thresholds: v.array(threshold),
  capabilities: v.array(capability),
  metrics: texts,
});

const problem = v.strictObject({
  file: text,
  line: count,
  column: count,
  field: text,
  severity: v.picklist(["error", "warning"]),
  message: text,
  hint: maybeText,
});

export const lintReport = answer("LintReport", {
  files: texts,
  problems: v.array(problem),
  errors: count,
  warnings: count,
});

export const trustReport = answer("TrustReport", {
  file: text,
  digest: text,
  hosts: texts,
  programs: texts,
  changes: texts,
  trusted: flag,
});
