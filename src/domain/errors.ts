import { cleanText } from "./clean-text.ts";

/** The exit codes of cbctl, worst reasons first where several apply (see `worstExitCode`). README and tests read this table. */
export const EXIT_CODES = [
  { code: 0, name: "ok", meaning: "done; the answer is good" },
  { code: 1, name: "internal", meaning: "cbctl itself failed" },
  {
    code: 2,
    name: "usage",
    meaning:
      "usage error, invalid document, a value out of bounds or not exact in the native unit, or an unknown name",
  },
  {
    code: 3,
    name: "bad",
    meaning: "found out, and it is bad: --fail-on met, gate failed, differences or trouble found",
  },
  {
    code: 4,
    name: "refused",
    meaning:
      "refused, nothing sent: no consent, guard not met, conflict, or the system has no such operation",
  },
  { code: 5, name: "notYet", meaning: "not yet: something is still waiting; it can be resumed" },
  { code: 6, name: "untrusted", meaning: "document not trusted" },
  { code: 7, name: "undone", meaning: "changed, verification failed, put back and that verified" },
  {
    code: 8,
    name: "partial",
    meaning: "changed in part; or sent and not confirmed by reading back; or the outcome is unknown",
  },
  {
    code: 9,
    name: "cannotTell",
    meaning:
      "could not find out: unreachable, timed out, unauthorized, rate-limited, not understood, no data, or read only in part",
  },
  { code: 124, name: "waitedOut", meaning: "--wait ran out" },
  { code: 130, name: "interrupted", meaning: "interrupted (Ctrl-C), nothing was sent" },
  { code: 143, name: "terminated", meaning: "terminated (SIGTERM), nothing was sent" },
] as const;

export type ExitName = (typeof EXIT_CODES)[number]["name"];
export type ExitCode = (typeof EXIT_CODES)[number]["code"];

export const EXIT = Object.fromEntries(EXIT_CODES.map(({ name, code }) => [name, code])) as Readonly<
  Record<ExitName, ExitCode>
>;

const PRECEDENCE: readonly ExitCode[] = [8, 7, 4, 3, 9, 5];

/** Of several codes that apply to one command, the one it ends with: the first of 8, 7, 4, 3, 9, 5, else the largest. */
export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
  const all = new Set(codes);
  return PRECEDENCE.find((code) => all.has(code)) ?? ([...all].sort((a, b) => b - a)[0] || 0);
}

/** Stable words of `error.code` in JSON output, each with the exit code it ends with. */
const EXIT_OF = {
  internal: "internal",
  usage: "usage",
  "invalid-document": "usage",
  "unknown-name": "usage",
  "out-of-bounds": "usage",
  "no-consent": "refused",
  guard: "refused",
  conflict: "refused",
  unsupported: "refused",
  untrusted: "untrusted",
  unreachable: "cannotTell",
  "timed-out": "cannotTell",
  unauthorized: "cannotTell",
  "rate-limited": "cannotTell",
  "not-understood": "cannotTell",
  "no-data": "cannotTell",
  "no-storage": "cannotTell",
  "not-recorded": "partial",
  interrupted: "interrupted",
  terminated: "terminated",
} as const satisfies Record<string, ExitName>;

export type ErrorCode = keyof typeof EXIT_OF;

export interface ErrorParts {
  /** Why it failed, when the message alone does not say. */
  readonly reason?: string | undefined;
  /** The next thing to try. */
  readonly hint?: string | undefined;
  /** A file with line and column, a URL, or a field. */
  readonly where?: string | undefined;
}

/**
 * An expected failure: what failed by name, why, and what to do next. Anything else thrown is a bug of cbctl. What it quotes,
 * be it typed or sent by a server, is harmless to print.
 */
export class CbctlError extends Error {
  readonly code: ErrorCode;
  readonly reason: string | null;
  readonly hint: string | null;
  readonly where: string | null;

  constructor(code: ErrorCode, message: string, parts: ErrorParts = {}) {
    super(cleanText(message));
    this.name = "CbctlError";
    this.code = code;
    this.reason = cleanPart(parts.reason);
    this.hint = cleanPart(parts.hint);
    this.where = cleanPart(parts.where);
  }

  get exitCode(): ExitCode {
    return EXIT[EXIT_OF[this.code]];
  }
}

function cleanPart(text: string | undefined): string | null {
  return text === undefined ? null : cleanText(text);
}

/** What failed and why, for a line about one of several. */
export function inOneLine({ message, reason }: CbctlError): string {
  return reason === null ? message : `${message}: ${reason}`;
}

/** The words of any thrown value, for a line that quotes it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
