import type { Verdict } from "../../domain/answers.ts";
import { type JudgedAnswer, judgedContexts } from "./judged.ts";

/** Characters that XML 1.0 cannot hold, in any escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/**
 * Verdicts as JUnit XML: a suite for each context, a case for each rule and subject. What fires is a failure; what cannot
 * be told, or could not be read, is an error and never passes.
 */
export function* viewJunit(answer: JudgedAnswer): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield '<testsuites name="cbctl">';
  for (const { context, verdicts = [], errors } of judgedContexts(answer)) {
    const failures = verdicts.filter(({ firing }) => firing === true).length;
    const untold = verdicts.filter(({ firing }) => firing === null).length + errors.length;
    const tests = verdicts.length + errors.length;
    yield `  <testsuite ${attributes({ name: context, tests, failures, errors: untold })}>`;
    for (const verdict of verdicts) yield* caseOf(verdict);
    for (const { instance, message } of errors) {
      yield* testCase({ classname: "read", name: instance }, `<error ${attributes({ message })}/>`);
    }
    yield "  </testsuite>";
  }
  yield "</testsuites>";
}

function caseOf({ rule, subject, severity, firing, because }: Verdict): Iterable<string> {
  const named = { classname: rule, name: subject };
  if (firing === false) return [`    <testcase ${attributes(named)}/>`];
  const kind = firing ? "failure" : "error";
  return testCase(named, `<${kind} ${attributes({ type: severity, message: because })}/>`);
}

function testCase(named: Readonly<Record<string, string>>, outcome: string): string[] {
  return [`    <testcase ${attributes(named)}>`, `      ${outcome}`, "    </testcase>"];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(" ");
}

function escapeXml(text: string): string {
  return text
    .replace(NOT_XML, "\ufffd")
    .replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
