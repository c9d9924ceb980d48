import { describe, expect, test } from "vitest";
import { lintDocument } from "../../src/documents/document.ts";

const HEAD = "apiVersion: cbctl.dev/v1\nkind: System\nmetadata: {name: shop}\nspec:\n";
/** The first line of the text that a test adds. */
const FIRST = 5;
const INSTEAD =
  "  instead: {reset: by hand, trip: by hand, release: by hand, enable: by hand, disable: by hand, patch: by hand}\n";
const READ = "  read: {call: GET /b, state: state}\n";

function problems(spec: string) {
  const found = lintDocument(HEAD + spec, "s.yaml").filter(({ severity }) => severity === "error");
  return found.map(({ line, column, field, message, hint }) => [
    `${line - FIRST + 1}:${column}`,
    field,
    message,
    hint,
  ]);
}

describe("what is wrong with a System document", () => {
  test.each([
    [
      "an unknown key",
      "  raed: {call: GET /b}\n",
      [["1:3", "spec.raed", 'unknown key "raed"', "did you mean read?"]],
    ],
    ["a missing key", "  read: {call: GET /b}\n", [["1:3", "spec.read", '"state" is missing', null]]],
    ["a list for a map", "  read: []\n", [["1:9", "spec.read", "must be a map, not a list", null]]],
    ["nothing for a map", "  read:\n", [["1:8", "spec.read", "must be a map, not empty", null]]],
    [
      "no call",
      "  read: {call: /b, state: s}\n",
      [["1:16", "spec.read.call", "must be a call, such as GET /path", null]],
    ],
    [
      "a number for a call",
      "  read: {call: 5, state: s}\n",
      [["1:16", "spec.read.call", "must be a call, such as GET /path", null]],
    ],
    [
      "a call of no protocol",
      "  read: {call: {htpp: GET /b}, state: s}\n",
      [["1:16", "spec.read.call", "must have one of http", "did you mean http?"]],
    ],
    [
      "a mistake inside a call",
      "  read: {call: {http: GET /b, bdoy: 1}, state: s}\n",
      [["1:31", "spec.read.call.bdoy", 'unknown key "bdoy"', "did you mean body?"]],
    ],
    [
      "a mistake inside a field",
      "  read: {call: GET /b, state: {att: s}}\n",
      [["1:32", "spec.read.state.att", 'unknown key "att"', "did you mean at?"]],
    ],
    [
      "a word that is no choice",
      "  read: {call: GET /b, state: s, countsScope: windw}\n",
      [
        [
          "1:47",
          "spec.read.countsScope",
          'must be one of window, lifetime, since-transition, not "windw"',
          "did you mean window?",
        ],
      ],
    ],
    [
      "a bare timeout",
      `${READ}  thresholds:\n    timeout: {as: timeout, unit: s}\n`,
      [
        [
          "3:14",
          "spec.thresholds.timeout",
          "a bare timeout means different things in different systems",
          "say openDuration (how long it stays open), callTimeout (how long a call may take) or windowDuration",
        ],
      ],
    ],
    [
      "a duration without its native unit",
      `${READ}  thresholds:\n    openDuration: {as: t}\n`,
      [["3:5", "spec.thresholds.openDuration", '"unit" is missing', null]],
    ],
    [
      "a count with a unit",
      `${READ}  thresholds:\n    failureThreshold: {as: t, unit: s}\n`,
      [
        [
          "3:31",
          "spec.thresholds.failureThreshold.unit",
          'unknown key "unit"',
          "known: as, inForce, readOnly, writeOnly, min, max, default",
        ],
      ],
    ],
    [
      "a bare number for a duration",
      `${READ}  thresholds:\n    openDuration: {as: t, unit: s, min: 60}\n`,
      [
        [
          "3:41",
          "spec.thresholds.openDuration.min",
          "must be a duration with its unit, such as 90s or 500ms",
          null,
        ],
      ],
    ],
    [
      "a ratio above 1",
      `${READ}  thresholds:\n    failureRateThreshold: {as: t, unit: ratio, max: 50}\n`,
      [["3:53", "spec.thresholds.failureRateThreshold.max", "must be 0 to 1", null]],
    ],
    [
      "a ratio above 100%",
      `${READ}  thresholds:\n    failureRateThreshold: {as: t, unit: ratio, max: 150%}\n`,
      [["3:53", "spec.thresholds.failureRateThreshold.max", "must be a ratio: 0 to 1, or 0% to 100%", null]],
    ],
    [
      "a count with a fraction",
      `${READ}  thresholds:\n    failureThreshold: {as: t, min: 1.5}\n`,
      [["3:36", "spec.thresholds.failureThreshold.min", "must be a whole number", null]],
    ],
    [
      "a status that is none",
      `${READ}  answers:\n    - {status: 42, means: ok}\n`,
      [["3:16", "spec.answers[0].status", "must be an HTTP status, 100 to 599", null]],
    ],
    [
      "an unknown meaning",
      `${READ}  answers:\n    - {status: 404, means: gone}\n`,
      [
        [
          "3:28",
          "spec.answers[0].means",
          'must be one of ok, failed, unauthorized, no-such-breaker, unsupported, slow-down, not "gone"',
          null,
        ],
      ],
    ],
    [
      "a condition that compares nothing",
      `${READ}  answers: [{when: {ref: a}, means: ok}]\n`,
      [
        [
          "2:20",
          "spec.answers[0].when",
          "compares nothing",
          "say one of lt, lte, gt, gte, eq, ne, in, contains, matches, exists",
        ],
      ],
    ],
    [
      "an empty all",
      `${READ}  answers: [{when: {all: []}, means: ok}]\n`,
      [["2:26", "spec.answers[0].when.all", "must hold at least one condition", null]],
    ],
    [
      "two combinations in one",
      `${READ}  answers: [{when: {all: [{eq: 1}], not: {eq: 1}}, means: ok}]\n`,
      [["2:20", "spec.answers[0].when", "must have all or not, not both", null]],
    ],
    [
      "a typo deep in a condition",
      `${READ}  answers: [{when: {not: {all: [{ref: a, gtt: 1}]}}, means: ok}]\n`,
      [["2:42", "spec.answers[0].when.not.all[0].gtt", 'unknown key "gtt"', "did you mean gt or gte?"]],
    ],
    [
      "a broken regular expression",
      `${READ}  answers: [{when: {ref: a, matches: '('}, means: ok}]\n`,
      [["2:38", "spec.answers[0].when.matches", "must be a regular expression", null]],
    ],
    [
      "an unknown verb",
      `${READ}  change: {rest: {breaker: POST /r}}\n`,
      [["2:12", "spec.change.rest", 'unknown key "rest"', "did you mean reset?"]],
    ],
    [
      "a reach without a call",
      `${READ}  change: {reset: {breaker: {note: x}}}\n`,
      [
        [
          "2:29",
          "spec.change.reset.breaker",
          "must have one of http, call, calls",
          "known: http, call, calls",
        ],
      ],
    ],
    [
      "an empty list of calls",
      `${READ}  change: {reset: {breaker: []}}\n`,
      [["2:29", "spec.change.reset.breaker", "must hold at least one call", null]],
    ],
    [
      "an unknown series",
      `${READ}  metrics: {labels: {key: k}, transitons: x}\n`,
      [["2:31", "spec.metrics.transitons", 'unknown key "transitons"', "did you mean transitions?"]],
    ],
    [
      "a metric that is none",
      `${READ}  metrics: {labels: {key: k}, trips: 'a b'}\n`,
      [["2:38", "spec.metrics.trips", 'must be a metric, such as calls_total{kind="failed"}', null]],
    ],
    [
      "a check without a call",
      `${READ}  checks: {x: {accept: 200}}\n`,
      [["2:12", "spec.checks.x", '"call" is missing', null]],
    ],
    [
      "a pace of nothing",
      `${READ}  pace: {calls: 0, per: 1m}\n`,
      [["2:17", "spec.pace.calls", "must be at least 1", null]],
    ],
  ])("%s", (_, spec, expected) => {
    expect(problems(spec + INSTEAD)).toEqual(expected);
  });

  test("all of it is told at once, in the order of the lines", () => {
    const spec = "  read:\n    cal: GET /b\n    state: []\n  pace: {calls: x, per: 1}\n  a: 1\n  b: 2\n";
    expect(problems(spec + INSTEAD).map(([place, field]) => [place, field])).toEqual([
      ["1:3", "spec.read"],
      ["2:5", "spec.read.cal"],
      ["3:12", "spec.read.state"],
      ["4:17", "spec.pace.calls"],
      ["4:25", "spec.pace.per"],
      ["5:3", "spec.a"],
      ["6:3", "spec.b"],
    ]);
  });

  test("a document of a wrong name, or without one", () => {
    const text = (metadata: string) =>
      `apiVersion: cbctl.dev/v1\nkind: System\nmetadata: ${metadata}\nspec:\n${READ}${INSTEAD}`;
    expect(lintDocument(text("{name: My System}"), "s.yaml")).toMatchObject([
      { line: 3, column: 18, message: "must be lower-case words joined by -" },
    ]);
    expect(lintDocument(text("{title: x}"), "s.yaml")).toMatchObject([
      { line: 3, column: 1, message: '"name" is missing' },
    ]);
  });
});
