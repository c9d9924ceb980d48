import { CbctlError, type ErrorCode } from "../domain/errors.ts";
import { compilePath } from "../domain/path.ts";
import type { AnswerRule, Meaning, System } from "../domain/system.ts";
import type { Answer } from "../domain/vocabulary/call.ts";
import { judge } from "../domain/vocabulary/condition.ts";

/** What an answer means, and the system's own words for it. */
export interface Verdict {
  readonly means: Meaning;
  readonly message: string | null;
  readonly hint: string | null;
}

/** Judges an answer: by the document's exceptions first, else by what HTTP says. */
export function judgeAnswer(system: System, answer: Answer, call: "read" | "change"): Verdict {
  const rule = system.answers.find((candidate) => applies(candidate, answer, call));
  if (rule) {
    const words = rule.message === undefined ? undefined : compilePath(rule.message)(answer.value);
    return {
      means: rule.means,
      message: typeof words === "string" ? quote(words) : wordsOf(answer),
      hint: rule.hint ?? null,
    };
  }
  return { means: meaningOfStatus(answer.status), message: wordsOf(answer), hint: null };
}

function applies(rule: AnswerRule, answer: Answer, call: "read" | "change"): boolean {
  if (rule.call !== undefined && rule.call !== call) return false;
  if (rule.status !== undefined && !rule.status.includes(answer.status)) return false;
  return rule.when === undefined || judge(rule.when, answer.value) === true;
}

function meaningOfStatus(status: number): Meaning {
  if (status >= 200 && status < 300) return "ok";
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 405 || status === 501) return "unsupported";
  if (status === 429) return "slow-down";
  return "failed";
}

const LONGEST_QUOTE = 200;

/** The other side's own explanation, wherever such systems put it; null when it gave none. */
function wordsOf({ value, text }: Answer): string | null {
  const words = value === undefined ? plainWords(text) : wordsOfJson(value, 0);
  return words === null ? null : quote(words);
}

function quote(words: string): string {
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
}

function wordsOfJson(value: unknown, depth: number): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  if (depth > 3 || value === null || typeof value !== "object") return null;
  const places = Array.isArray(value) ? value.slice(0, 1) : fieldsOf(value as Record<string, unknown>);
  for (const place of places) {
    const words = wordsOfJson(place, depth + 1);
    if (words !== null) return words;
  }
  return null;
}

const WORDS_STAND_IN = [
  "detail",
  "message",
  "msg",
  "text",
  "error_description",
  "description",
  "error",
  "errors",
  "reason",
  "title",
];

function fieldsOf(value: Record<string, unknown>): unknown[] {
  return WORDS_STAND_IN.map((name) => value[name]);
}

function plainWords(text: string): string | null {
  const title = /<title[^>]*>([^<]{1,200})</i.exec(text)?.[1];
  const words = (title ?? text.replace(/<[^>]{0,200}>/g, " ")).replace(/\s+/g, " ").trim();
  return words === "" ? null : words;
}

const CODE_OF: Record<Exclude<Meaning, "ok">, ErrorCode> = {
  failed: "not-understood",
  unauthorized: "unauthorized",
  "no-such-breaker": "unknown-name",
  unsupported: "unsupported",
  "slow-down": "rate-limited",
};

/** The JSON of a reading answer. @throws CbctlError when it is anything but good. */
export function readingOf(system: System, answer: Answer): unknown {
  const verdict = judgeAnswer(system, answer, "read");
  if (verdict.means === "ok" && answer.value !== undefined) return answer.value;
  if (verdict.means === "ok") {
    if (/^\s*[[{]/.test(answer.text)) throw damaged(answer);
    throw new CbctlError(
      "not-understood",
      `${answer.from} answered ${answer.status} with ${kindOfText(answer)}, not JSON`,
      {
        reason: verdict.message ?? undefined,
        hint: "check the URL of this context: a proxy or a login page may stand there",
      },
    );
  }
  const code = CODE_OF[verdict.means] === "unsupported" ? "not-understood" : CODE_OF[verdict.means];
  throw new CbctlError(
    code === "unknown-name" ? "not-understood" : code,
    `${answer.from} answered ${answer.status}`,
    {
      reason: verdict.message ?? undefined,
      hint: verdict.hint ?? hintFor(verdict.means, answer),
    },
  );
}

/** Its words are not quoted: out of a damaged answer they may say what is not so. */
function damaged({ from, status }: Answer): CbctlError {
  return new CbctlError("not-understood", `${from} answered ${status} with damaged JSON`, {
    hint: "look at it with curl: JSON knows no NaN, and ends where its first bracket closes",
  });
}

function kindOfText(answer: Answer): string {
  if (answer.text.trim() === "") return "an empty body";
  return /html/i.test(answer.headers["content-type"] ?? "") || /^\s*</.test(answer.text) ? "HTML" : "text";
}

/** What to do next about an answer that is not good. */
export function hintFor(means: Meaning, answer: Answer): string | undefined {
  if (means === "unauthorized") return "check the credentials of this context (cbctl context show)";
  if (means === "slow-down") {
    const after = answer.headers["retry-after"] ?? "";
    return `it limits requests: try again ${/^\d{1,9}$/.test(after) ? `after ${after} s` : "later"}`;
  }
  if (means === "no-such-breaker") return "it is gone, or was never there: cbctl status lists what is";
  if (answer.status === 404) return "check the URL (with its path prefix) and the system of this context";
  return undefined;
}
