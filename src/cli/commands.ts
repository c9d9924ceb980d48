import type { AnyCommand } from "../commands/command.ts";

/** One command: what is typed, what it is for, and where it is. Loaded when it is chosen. */
export interface CommandEntry {
  readonly path: string;
  readonly summary: string;
  readonly load: () => Promise<AnyCommand>;
}

/** Words that only gather commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  context: "where your systems run",
  system: "what cbctl knows of breaker systems",
  audit: "the journal of every change made with cbctl",
  help: "more help",
};

/** Every command of cbctl, in the order of its help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    path: "status",
    summary: "breakers, worst first",
    load: async () => (await import("../commands/status.ts")).status,
  },
  {
    path: "describe",
    summary: "one breaker in full, and what happens next",
    load: async () => (await import("../commands/describe.ts")).describe,
  },
  {
    path: "reset",
    summary: "close breakers, on every instance, seen to hold",
    load: async () => (await import("../commands/reset.ts")).reset,
  },
  {
    path: "trip",
    summary: "force breakers open",
    load: async () => (await import("../commands/trip.ts")).trip,
  },
  {
    path: "release",
    summary: "undo a forced state",
    load: async () => (await import("../commands/release.ts")).release,
  },
  {
    path: "enable",
    summary: "switch breakers on",
    load: async () => (await import("../commands/enable.ts")).enable,
  },
  {
    path: "disable",
    summary: "switch breakers off: calls pass unguarded",
    load: async () => (await import("../commands/disable.ts")).disable,
  },
  {
    path: "patch",
    summary: "change thresholds",
    load: async () => (await import("../commands/patch.ts")).patch,
  },
  {
    path: "undo",
    summary: "take back a journalled change",
    load: async () => (await import("../commands/undo.ts")).undo,
  },
  {
    path: "context list",
    summary: "contexts of the config",
    load: async () => (await import("../commands/context/list.ts")).list,
  },
  {
    path: "context use",
    summary: "choose the current context",
    load: async () => (await import("../commands/context/use.ts")).use,
  },
  {
    path: "context show",
    summary: "one context in full, secrets by their source only",
    load: async () => (await import("../commands/context/show.ts")).show,
  },
  {
    path: "context add",
    summary: "add a context to the config",
    load: async () => (await import("../commands/context/add.ts")).add,
  },
  {
    path: "system list",
    summary: "systems that cbctl speaks",
    load: async () => (await import("../commands/system/list.ts")).list,
  },
  {
    path: "system show",
    summary: "what can be read and changed in a system",
    load: async () => (await import("../commands/system/show.ts")).show,
  },
  {
    path: "system lint",
    summary: "check System documents",
    load: async () => (await import("../commands/system/lint.ts")).lint,
  },
  {
    path: "trust",
    summary: "let a document of yours change things",
    load: async () => (await import("../commands/trust.ts")).trust,
  },
  {
    path: "audit list",
    summary: "changes of this context",
    load: async () => (await import("../commands/audit/list.ts")).list,
  },
  {
    path: "audit show",
    summary: "one change in full",
    load: async () => (await import("../commands/audit/show.ts")).show,
  },
  {
    path: "audit verify",
    summary: "check that no line of the journal was edited, removed or moved",
    load: async () => (await import("../commands/audit/verify.ts")).verify,
  },
  {
    path: "audit reconcile",
    summary: "read back changes whose result is not known",
    load: async () => (await import("../commands/audit/reconcile.ts")).reconcile,
  },
  {
    path: "audit export",
    summary: "the whole journal of this context",
    load: async () => (await import("../commands/audit/export.ts")).exportAudit,
  },
  {
    path: "sandbox",
    summary: "a local fleet of real breakers to try, rehearse and test against",
    load: async () => (await import("../commands/sandbox.ts")).sandbox,
  },
  {
    path: "schema",
    summary: "the JSON Schema of a document or an answer",
    load: async () => (await import("../commands/schema.ts")).schema,
  },
  {
    path: "completion",
    summary: "the completion script of a shell",
    load: async () => (await import("../commands/completion.ts")).completion,
  },
  {
    path: "help exit-codes",
    summary: "what the exit codes mean",
    load: async () => (await import("../commands/help/exit-codes.ts")).exitCodes,
  },
];
