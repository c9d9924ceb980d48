import type { Severity } from "../../domain/alert-rule.ts";
import { type JudgedAnswer, judgedContexts } from "./judged.ts";

const LEVELS: Record<Severity, "error" | "warning" | "notice"> = {
  critical: "error",
  warning: "warning",
  info: "notice",
};

/** Verdicts as workflow commands, which become annotations of a run: what fires by its severity, what cannot be told as a warning. */
export function* viewGithub(answer: JudgedAnswer): Iterable<string> {
  for (const { context, verdicts = [], errors } of judgedContexts(answer)) {
    for (const { rule, subject, severity, firing, because } of verdicts) {
      if (firing === true) yield command(LEVELS[severity], `${rule} on ${subject} (${context})`, because);
      if (firing === null)
        yield command("warning", `cannot tell ${rule} on ${subject} (${context})`, because);
    }
    for (const { instance, message } of errors)
      yield command("warning", `${instance} could not be read (${context})`, message);
    if (errors.length === 0 && verdicts.every(({ firing }) => firing === false))
      yield command("notice", context, quiet(verdicts));
  }
}

function quiet(verdicts: readonly { readonly rule: string }[]): string {
  const rules = [...new Set(verdicts.map(({ rule }) => rule))];
  return rules.length === 0 ? "no alert rule had anything to judge" : `quiet: ${rules.join(", ")}`;
}

function command(level: string, title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
