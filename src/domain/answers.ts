import type { Severity } from "./alert-rule.ts";
import type { Breaker, BreakerReading, BreakerState } from "./breaker.ts";
import type { ChangeResult } from "./change-result.ts";
import type { ErrorCode, ExitCode } from "./errors.ts";
import type { InstanceError, Summary } from "./fleet.ts";
import type { Actor, JournalEntry } from "./journal.ts";
import type { Reach, Verb } from "./vocabulary/change.ts";
import type { Truth } from "./vocabulary/condition.ts";

export const API_VERSION = "cbctl.dev/v1";

type Kind<K extends string> = { readonly apiVersion: typeof API_VERSION; readonly kind: K };

/** How one alert rule stands for one subject; null is "cannot tell". */
export interface Verdict {
  readonly rule: string;
  readonly severity: Severity;
  /** A breaker's name, a group, or the context. */
  readonly subject: string;
  readonly firing: Truth;
  readonly because: string;
}

/** What a system tells of itself as a whole; `source` is the call that told it. */
export interface Health {
  readonly ready: boolean;
  readonly degraded: readonly string[];
  readonly source: string;
}

interface ReadOf {
  readonly context: string;
  readonly system: string;
  readonly observedAt: string;
  readonly summary: Summary;
  readonly errors: readonly InstanceError[];
  /** Null: it could not be told. Absent: the system has no such thing. */
  readonly health?: Health | null | undefined;
  /** With --fail-on only. */
  readonly verdicts?: readonly Verdict[] | undefined;
}

export type BreakerList = Kind<"BreakerList"> & ReadOf & { readonly breakers: readonly Breaker[] };

export interface GroupRow {
  readonly group: string | null;
  readonly state: BreakerState;
  readonly summary: Summary;
}

export type GroupList = Kind<"GroupList"> & ReadOf & { readonly groups: readonly GroupRow[] };

/** A reading without the instance, which its row already names. */
export type InstanceBreaker = Omit<BreakerReading, "instance" | "labels">;

export interface InstanceRow {
  readonly instance: string;
  readonly url: string;
  readonly breakers: readonly InstanceBreaker[];
  readonly error: InstanceError | null;
}

export type InstanceList = Kind<"InstanceList"> & ReadOf & { readonly instances: readonly InstanceRow[] };

export interface ContextError {
  readonly context: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** `status -A`: one list per context; a context that could not be opened is an error here, not a missing row. */
export type BreakerLists = Kind<"BreakerLists"> & {
  readonly items: readonly BreakerList[];
  readonly errors: readonly ContextError[];
};

/** What the system lets cbctl do to this breaker. */
export interface Capability {
  readonly verb: Verb;
  /** Empty: the system has no such operation; `instead` says how to do it by hand. */
  readonly reaches: readonly Reach[];
  readonly instead: string | null;
}

export type BreakerDescription = Kind<"BreakerDescription"> & {
  readonly context: string;
  readonly system: string;
  readonly observedAt: string;
  readonly breaker: Breaker;
  readonly instances: readonly InstanceBreakerRow[];
  /** What will happen by itself, in words. */
  readonly next: readonly string[];
  readonly capabilities: readonly Capability[];
  /** The last changes of this breaker made with cbctl, newest first. */
  readonly actions: readonly JournalEntry[];
  readonly errors: readonly InstanceError[];
};

export type InstanceBreakerRow = InstanceBreaker & { readonly instance: string };

export type ChangeAnswer = Kind<"ChangeResult"> & ChangeResult;

export interface ContextRow {
  readonly name: string;
  readonly current: boolean;
  readonly system: string;
  readonly instances: readonly string[];
  readonly prometheus: string | null;
  readonly protected: boolean;
}

export type ContextList = Kind<"ContextList"> & {
  readonly file: string | null;
  readonly contexts: readonly ContextRow[];
};

/** One context in full, secrets named by their source only. */
export type ContextDetails = Kind<"Context"> &
  ContextRow & {
    readonly file: string | null;
    readonly auth: string | null;
    readonly alertmanager: string | null;
    readonly inputs: Readonly<Record<string, string | number | boolean>>;
    readonly upstreams: readonly string[];
    readonly store: string;
  };

export interface SystemRow {
  readonly name: string;
  readonly title: string;
  readonly source: "package" | "user" | "file";
  readonly path: string;
  readonly trusted: boolean;
  readonly verbs: readonly Verb[];
}

export type SystemList = Kind<"SystemList"> & { readonly systems: readonly SystemRow[] };

export interface ThresholdRow {
  readonly name: string;
  readonly native: string;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly default: number | boolean | null;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
}

export type SystemDetails = Kind<"SystemDetails"> &
  SystemRow & {
    readonly description: string | null;
    readonly reads: string | null;
    readonly thresholds: readonly ThresholdRow[];
    readonly capabilities: readonly Capability[];
    readonly metrics: readonly string[];
  };

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly field: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint: string | null;
}

export type LintReport = Kind<"LintReport"> & {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  readonly errors: number;
  readonly warnings: number;
};

export type TrustReport = Kind<"TrustReport"> & {
  readonly file: string;
  readonly digest: string;
  readonly hosts: readonly string[];
  readonly programs: readonly string[];
  /** Each change as `verb reach: call`. */
  readonly changes: readonly string[];
  readonly trusted: boolean;
};

export type AuditList = Kind<"AuditList"> & {
  readonly context: string;
  readonly entries: readonly JournalEntry[];
};

export type AuditEntry = Kind<"AuditEntry"> & { readonly context: string; readonly entry: JournalEntry };

export interface AuditFault {
  readonly line: number;
  readonly kind: string;
  readonly message: string;
}

export type AuditVerification = Kind<"AuditVerification"> & {
  readonly file: string;
  readonly events: number;
  readonly faults: readonly AuditFault[];
};

/** What was found of the changes whose result was not known. */
export type Reconciliation = Kind<"Reconciliation"> & {
  readonly context: string;
  readonly entries: readonly JournalEntry[];
};

export type AuditExport = Kind<"AuditExport"> & {
  readonly context: string;
  readonly exportedAt: string;
  readonly by: Actor;
  readonly entries: readonly JournalEntry[];
};

export type ExitCodeList = Kind<"ExitCodeList"> & {
  readonly exitCodes: readonly { readonly code: ExitCode; readonly name: string; readonly meaning: string }[];
};

/** What `-o json` prints when a command fails. */
export interface ErrorDocument {
  readonly error: {
    readonly exitCode: ExitCode;
    readonly code: ErrorCode;
    readonly message: string;
    readonly reason: string | null;
    readonly hint: string | null;
    readonly where: string | null;
  };
}
