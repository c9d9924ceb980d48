import { EXIT_CODES } from "../../src/domain/errors.ts";
import type { AnswerTypes } from "./answer-types.ts";

const header = <K extends string>(kind: K) => ({ apiVersion: "cbctl.dev/v1", kind }) as const;
const at = "2026-11-21T03:21:27.000Z";
const instances = {
  total: 3,
  closed: 1,
  open: 1,
  halfOpen: 0,
  forcedOpen: 0,
  disabled: 0,
  metricsOnly: 0,
  unknown: 1,
};
const summary = { ...instances, mixed: 1 };
const reading = {
  key: "deepseek-1",
  group: "deepseek",
  state: "open",
  nativeState: "OPEN",
  reason: null,
  since: at,
  retryAt: null,
  counts: { failures: 5, successes: 0, calls: null, rejected: null, scope: "window" },
  thresholds: { failureThreshold: 5, openDurationMs: 60_000, halfOpenMaxCalls: null, enabled: true },
} as const;
const breaker = { ...reading, instances };
const error = {
  hint: "give it more time",
  instance: "http://b",
  code: "timed-out",
  message: "http://b did not answer",
} as const;
const verdict = {
  rule: "any-open",
  severity: "warning",
  subject: "shop",
  firing: null,
  because: "b was not read",
} as const;
const read = {
  context: "shop",
  system: "key-breakers",
  observedAt: at,
  summary,
  errors: [error],
  verdicts: [verdict],
};
const facts = { state: "open", thresholds: {} } as const;
const result = {
  key: "deepseek-1",
  group: "deepseek",
  instance: "http://a",
  before: facts,
  after: null,
  outcome: "unverified",
  message: "it was not read again",
} as const;
const actor = { user: "ada", host: "desk", ci: null };
const entry = {
  at,
  intent: {
    kind: "intent",
    id: "01J",
    action: "reset",
    context: "shop",
    system: "key-breakers",
    by: actor,
    reason: null,
    incident: "INC-1",
    targets: [
      { key: "deepseek-1", group: null, instance: "http://a", before: facts, to: { state: "closed" } },
    ],
    approved: "sha256:0",
    undoes: null,
  },
  result: { kind: "result", id: "01J", results: [result], applied: 0, total: 1, reconciled: false },
  resultAt: at,
} as const;
const contextRow = {
  name: "shop",
  current: true,
  system: "key-breakers",
  instances: ["http://a"],
  prometheus: null,
  protected: false,
};
const systemRow = {
  name: "acme",
  title: "Acme",
  source: "package",
  path: "systems/acme.yaml",
  trusted: true,
  verbs: ["reset", "patch"],
} as const;
const capability = { verb: "trip", reaches: [], instead: "by hand" } as const;

/** One answer of every kind, with each of its optional parts. */
export const examples: AnswerTypes = {
  BreakerList: { ...header("BreakerList"), ...read, breakers: [breaker] },
  GroupList: { ...header("GroupList"), ...read, groups: [{ group: null, state: "forced_open", summary }] },
  InstanceList: {
    ...header("InstanceList"),
    ...read,
    instances: [
      { instance: "a", url: "http://a", breakers: [{ ...reading, lastFailureAt: at }], error: null },
      { instance: "b", url: "http://b", breakers: [], error },
    ],
  },
  BreakerLists: {
    ...header("BreakerLists"),
    items: [{ ...header("BreakerList"), ...read, breakers: [] }],
    errors: [{ context: "dev", code: "invalid-document", message: "no" }],
  },
  BreakerDescription: {
    ...header("BreakerDescription"),
    context: "shop",
    system: "acme",
    observedAt: at,
    breaker,
    instances: [{ ...reading, lastFailureAt: null, instance: "http://a" }],
    next: ["it tries again in 12 s"],
    capabilities: [capability],
    actions: [entry, { ...entry, result: null, resultAt: null }],
    errors: [error],
  },
  ChangeResult: {
    ...header("ChangeResult"),
    action: "undo",
    context: "shop",
    system: "acme",
    dryRun: true,
    results: [result],
    applied: 0,
    total: 1,
    journalId: null,
    requests: ["curl -X POST http://a/r"],
  },
  ContextList: { ...header("ContextList"), file: null, contexts: [contextRow] },
  Context: {
    ...header("Context"),
    ...contextRow,
    file: "~/c.yaml",
    auth: "bearer from the environment variable T",
    alertmanager: null,
    inputs: { prefix: "/x", limit: 3, strict: true },
    upstreams: ["deepseek"],
    store: "~/log",
  },
  SystemList: { ...header("SystemList"), systems: [systemRow] },
  SystemDetails: {
    ...header("SystemDetails"),
    ...systemRow,
    description: null,
    reads: "GET /ops/breakers",
    thresholds: [
      {
        name: "enabled",
        native: "on",
        unit: null,
        min: null,
        max: 5,
        default: true,
        readOnly: false,
        writeOnly: true,
      },
    ],
    capabilities: [capability],
    metrics: ["state"],
  },
  LintReport: {
    ...header("LintReport"),
    files: ["s.yaml"],
    problems: [
      { file: "s.yaml", line: 1, column: 2, field: "spec", severity: "warning", message: "no", hint: null },
    ],
    errors: 0,
    warnings: 1,
  },
  TrustReport: {
    ...header("TrustReport"),
    file: "s.yaml",
    digest: "sha256:0",
    hosts: [],
    programs: [],
    changes: ["reset breaker: POST /r"],
    trusted: false,
  },
  AuditList: { ...header("AuditList"), context: "shop", entries: [entry] },
  AuditEntry: { ...header("AuditEntry"), context: "shop", entry },
  AuditVerification: {
    ...header("AuditVerification"),
    file: "log",
    events: 2,
    faults: [{ line: 2, kind: "edited", message: "its hash is wrong" }],
  },
  Reconciliation: { ...header("Reconciliation"), context: "shop", entries: [] },
  AuditExport: { ...header("AuditExport"), context: "shop", exportedAt: at, by: actor, entries: [entry] },
  ExitCodeList: { ...header("ExitCodeList"), exitCodes: EXIT_CODES },
  Error: {
    error: { exitCode: 9, code: "unreachable", message: "no", reason: null, hint: "try", where: null },
  },
};
