import { describe, expect, test } from "vitest";
import { lintDocument } from "../../src/documents/document.ts";

const HEAD = "apiVersion: cbctl.dev/v1\nkind: System\nmetadata: {name: shop}\nspec:\n";
const READ = "  read: {call: GET /b, key: id, state: state}\n";
const GROUPED = "  read: {call: GET /b, key: id, group: team, labels: {zone: az}, state: state}\n";

/** Findings of a System document, by their place in the text that the test adds. */
function found(spec: string, severity: "error" | "warning" = "error") {
  return lintDocument(HEAD + spec, "s.yaml")
    .filter((problem) => problem.severity === severity)
    .map(({ line, column, field, message, hint }) => [`${line - 4}:${column}`, field, message, hint]);
}

describe("rules for System documents", () => {
  test.each([
    [
      "a fallback that an empty map triggers",
      "  read: {call: GET /b, items: states || @, state: s}\n",
      ["1:31", "spec.read.items", "|| @ falls back when the map is empty, too", "write not_null(…, @)"],
    ],
    [
      "a metric that is two",
      `  metrics: {labels: {key: id}, state: {series: 's{a="1"} or t{b="2"}', label: state}}\n`,
      [
        "1:48",
        "spec.metrics.state.series",
        'must be a metric, such as calls_total{kind="failed"}',
        undefined,
      ],
    ],
    [
      "a change of what is only measured",
      "  metrics: {labels: {key: id}, state: {series: s, label: state}}\n  change: {reset: {all: POST /r}}\n",
      ["2:3", "spec.change", "a change could not be read back", "declare spec.read, or leave it to instead:"],
    ],
    [
      "a hole that nothing fills in a read",
      "  inputs: {prefix: /x}\n  read: {call: 'GET /${prefx}/b', state: s}\n",
      ["2:16", "spec.read.call", "nothing fills ${prefx} here", "did you mean prefix?"],
    ],
    [
      "the key in a read",
      "  read: {call: 'GET /b/${key}', state: s}\n",
      ["1:16", "spec.read.call", "nothing fills ${key} here", undefined],
    ],
    [
      "a key in a change of all",
      `${READ}  change: {reset: {all: 'POST /r/\${key}'}}\n`,
      ["2:25", "spec.change.reset.all", "nothing fills ${key} here", undefined],
    ],
    [
      "a group that is not read",
      `${READ}  change: {reset: {breaker: 'POST /r/\${group}/\${key}'}}\n`,
      ["2:29", "spec.change.reset.breaker", "nothing fills ${group} here", "known: key"],
    ],
    [
      "a hole deep in a body",
      `${GROUPED}  change: {reset: {breaker: {http: POST /r, body: {a: [{b: '\${nam}'}]}}}}\n`,
      [
        "2:60",
        "spec.change.reset.breaker.body.a[0].b",
        "nothing fills ${nam} here",
        "known: key, group, zone",
      ],
    ],
    [
      "settings outside a patch",
      `${READ}  change: {reset: {breaker: {http: POST /r, body: '\${settings}'}}}\n`,
      ["2:51", "spec.change.reset.breaker.body", "nothing fills ${settings} here", "known: key"],
    ],
    [
      "a hole in a check",
      `${READ}  checks: {up: {call: 'GET /\${key}'}}\n`,
      ["2:23", "spec.checks.up.call", "nothing fills ${key} here", undefined],
    ],
    [
      "a reach that is not read",
      `${GROUPED}  change: {reset: {zoen: POST /r}}\n`,
      ["2:20", "spec.change.reset.zoen", '"zoen" is no label that spec.read reads', "did you mean zone?"],
    ],
    [
      "a patch that can write nothing",
      `${READ}  change: {patch: {breaker: PATCH /c}}\n  thresholds: {failureThreshold: {as: n, readOnly: true}}\n`,
      ["2:12", "spec.change.patch", "there is no threshold that it could write", null],
    ],
    [
      "a way by hand for what cbctl can do",
      `${READ}  change: {reset: {breaker: POST /r}}\n  instead: {reset: restart it}\n`,
      ["3:20", "spec.instead.reset", "reset is declared under spec.change already", null],
    ],
    [
      "a state that cbctl has not",
      "  read: {call: GET /b, state: {at: s, words: {half_opne: TRYING}}}\n",
      ["1:47", "spec.read.state.words.half_opne", '"half_opne" is no state', "did you mean half_open?"],
    ],
    [
      "bounds without room",
      `${READ}  thresholds: {openDuration: {as: t, unit: s, min: 2m, max: 1m}}\n`,
      ["2:52", "spec.thresholds.openDuration.min", "min is above max", null],
    ],
    [
      "a default out of bounds",
      `${READ}  thresholds: {failureThreshold: {as: n, min: 2, default: 1}}\n`,
      ["2:59", "spec.thresholds.failureThreshold.default", "the default is out of bounds", null],
    ],
    [
      "a threshold that can be neither read nor written",
      `${READ}  thresholds: {failureThreshold: {as: n, readOnly: true, writeOnly: true}}\n`,
      [
        "2:69",
        "spec.thresholds.failureThreshold.writeOnly",
        "it cannot be both readOnly and writeOnly",
        null,
      ],
    ],
    [
      "a host that a breaker names",
      `${READ}  change: {reset: {breaker: 'POST https://\${key}.example.com/r'}}\n`,
      [
        "2:29",
        "spec.change.reset.breaker",
        "the host of a call cannot be filled in",
        "write it out, or leave it to the context",
      ],
    ],
    [
      "a path that a breaker begins",
      `${READ}  change: {reset: {breaker: {calls: ['POST \${key}/r']}}}\n`,
      [
        "2:38",
        "spec.change.reset.breaker.calls[0]",
        "the host of a call cannot be filled in",
        "write it out, or leave it to the context",
      ],
    ],
    [
      "an input that stands in a breaker's place",
      `  inputs: {zone: eu}\n${GROUPED}`,
      ["1:12", "spec.inputs.zone", "${zone} is filled by the breaker", null],
    ],
    [
      "an input that no hole could name",
      `  inputs: {base-path: /x}\n${READ}`,
      ["1:12", "spec.inputs.base-path", "must be a word of letters, digits and _", null],
    ],
    [
      "nothing that could be read",
      "  description: x\n".replace("description: x", "pace: {calls: 1, per: 1s}"),
      ["0:1", "spec", "no state can be read", "declare spec.read or spec.metrics.state"],
    ],
  ])("%s", (_, spec, [place, field, message, hint]) => {
    const errors = found(spec);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.slice(0, 3)).toEqual([place, field, message]);
    if (hint !== undefined) expect(errors[0]?.[3]).toBe(hint);
  });

  test.each([
    ["items", "  read: {call: GET /b, items: 'a[', state: s}\n", "1:31"],
    ["a field in short", "  read: {call: GET /b, state: 'a |'}\n", "1:31"],
    ["a field in full", "  read: {call: GET /b, state: {at: 'a |'}}\n", "1:36"],
    ["a count", "  read: {call: GET /b, state: s, counts: {calls: '[['}}\n", "1:50"],
    ["a label", "  read: {call: GET /b, state: s, labels: {zone: '[['}}\n", "1:49"],
    ["a threshold", `${READ}  thresholds: {in: 'a..b', failureThreshold: {as: n}}\n`, "2:20"],
    ["a native name", `${READ}  thresholds: {failureThreshold: {as: 'n['}}\n`, "2:39"],
    ["a name in force", `${READ}  thresholds: {failureThreshold: {as: n, inForce: 'n['}}\n`, "2:51"],
    ["health", `${READ}  health: {call: GET /h, ready: 'a['}\n`, "2:33"],
    ["what is degraded", `${READ}  health: {call: GET /h, ready: a, degraded: 'a['}\n`, "2:46"],
    ["a message", `${READ}  answers: [{status: 500, means: failed, message: 'a['}]\n`, "2:51"],
  ])("a JMESPath that does not compile: %s", (_, spec, place) => {
    const errors = found(spec);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.[0]).toBe(place);
    expect(errors[0]?.[2]).toMatch(/is not a JMESPath: ./);
  });

  test("a verb that is neither declared nor explained is a warning, each by name", () => {
    const spec = `${READ}  change: {reset: {breaker: POST /r}}\n  instead: {trip: pull the plug, patch: edit it}\n`;
    expect(found(spec)).toEqual([]);
    expect(found(spec, "warning")).toEqual(
      ["release", "enable", "disable"].map((verb) => [
        "3:12",
        "spec.instead",
        `nothing says how to ${verb} by hand`,
        `add spec.instead.${verb}`,
      ]),
    );
  });

  test("what is allowed", () => {
    const spec = `  inputs: {base: /ops}
  read: {call: 'GET \${base}/b', items: 'not_null(states, @)', key: id, group: team, labels: {zone: az}, state: s}
  thresholds: {failureThreshold: {as: n}}
  change:
    reset: {breaker: 'POST \${base}/\${zone}/\${group}/\${key}', zone: 'POST /z/\${zone}', all: POST /r, group: 'POST /\${group}'}
    patch: {breaker: {http: 'PUT /\${key}', body: {a: ['\${settings}']}, note: 'costs \${money}'}}
`;
    expect(found(spec)).toEqual([]);
  });
});

describe("rules for AlertRule documents", () => {
  const rule = (per: string, condition: string) =>
    lintDocument(
      `apiVersion: cbctl.dev/v1\nkind: AlertRule\nmetadata: {name: r}\nspec:\n  severity: info\n  per: ${per}\n  condition: ${condition}\n`,
      "r.yaml",
    ).map(({ line, column, message, hint }) => [`${line}:${column}`, message, hint]);

  test.each([
    [
      "context",
      "{ref: openShar, gt: 0}",
      [["7:20", '"openShar" is no measure', "did you mean open or openShare?"]],
    ],
    [
      "group",
      "{any: [{ref: open, gt: 0}, {not: {ref: halfOpn, gt: 0}}]}",
      [["7:53", '"halfOpn" is no measure', "did you mean halfOpen?"]],
    ],
    [
      "breaker",
      "{ref: open, gt: 0}",
      [
        [
          "7:20",
          '"open" is no measure',
          "did you mean instances.forcedOpen or instances.halfOpen or instances.open?",
        ],
      ],
    ],
    ["context", "{ref: open, gt: many}", [["7:30", "must be a number, a percentage or a duration", null]]],
    [
      "context",
      "{gt: 0}",
      [["7:14", "it does not say of what", expect.stringContaining("add ref: one of total")]],
    ],
    ["context", "{all: [{ref: total, gt: 1}, {ref: openShare, eq: 1}]}", []],
    ["breaker", "{any: [{ref: state, eq: open}, {ref: instances.unknown, gte: 1}]}", []],
  ])("per %s: %s", (per, condition, problems) => {
    expect(rule(per, condition)).toEqual(problems);
  });
});
