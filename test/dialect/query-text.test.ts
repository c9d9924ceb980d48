import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillQuery } from "../../src/dialect/query-text.ts";
import { matcherPlaces } from "../../src/documents/promql.ts";
import type { Labels } from "../../src/domain/metric-series.ts";
import type { Holes } from "../../src/domain/vocabulary/hole.ts";
import { driverFor, type MetricsServer, servePrometheus } from "../drivers/metrics/metrics-servers.ts";

const fill = (text: string, holes: Holes = {}, match: Labels = {}) =>
  fillQuery({ text, places: matcherPlaces(text) }, holes, match);

describe("match is bound into every selector", () => {
  it.each([
    ["up", 'up{env="prod"}'],
    ["up{}", 'up{env="prod"}'],
    ['up{job="a"}', 'up{job="a",env="prod"}'],
    ['up{job="a", }', 'up{job="a", env="prod"}'],
    ['{__name__="up"}', '{__name__="up",env="prod"}'],
    ['{"my.metric", a="b"}', '{"my.metric", a="b",env="prod"}'],
    ["sum(rate(up[5m])) by (job)", 'sum(rate(up{env="prod"}[5m])) by (job)'],
    ["a / on(job) group_left(x) b", 'a{env="prod"} / on(job) group_left(x) b{env="prod"}'],
    ["up offset 5m", 'up{env="prod"} offset 5m'],
    ["max_over_time(up[1h:1m])", 'max_over_time(up{env="prod"}[1h:1m])'],
    ['up{x="{}"} # up', 'up{x="{}",env="prod"} # up'],
    ["absent(up)", 'absent(up{env="prod"})'],
    ["time() - 5", "time() - 5"],
  ])("%s", (text, bound) => expect(fill(text, {}, { env: "prod" })).toBe(bound));

  it("with as many labels as it has, escaped", () => {
    expect(fill("up", {}, { env: 'a"}b', job: "\\" })).toBe('up{env="a\\"}b",job="\\\\"}');
  });

  it("and nothing changes where there is none", () => expect(fill("up{}")).toBe("up{}"));

  it("and a label value that looks like a hole stays as it is", () => {
    expect(fill("up", { key: "x" }, { env: "${key}" })).toBe('up{env="${key}"}');
  });
});

describe("a hole becomes the literal that its place takes", () => {
  it.each<[string, Holes, string]>([
    ['up{a="${k}"}', { k: 'x"y\\z\n' }, 'up{a="x\\"y\\\\z\\n"}'],
    ["up{a='${k}'}", { k: `x"y'z` }, `up{a='x"y\\'z'}`],
    ["up{a=`${k}`}", { k: 'x"\\' }, 'up{a=`x"\\`}'],
    ["up{a=${k}}", { k: "x" }, 'up{a="x"}'],
    ["up{a!=${k},b=${k}}", { k: "x" }, 'up{a!="x",b="x"}'],
    ["up{a=~${k}}", { k: "a.b|c" }, 'up{a=~"a\\\\.b\\\\|c"}'],
    ['up{a=~"${k}|${l}"}', { k: "a.b", l: "c" }, 'up{a=~"a\\\\.b|c"}'],
    ["rate(up[${w}])", { w: "1h30m" }, "rate(up[1h30m])"],
    ["up offset ${w}", { w: "90s" }, "up offset 90s"],
    ["up > ${n}", { n: 0.5 }, "up > 0.5"],
    ["up != ${n}", { n: -2 }, "up != -2"],
    ['up{a="${k}"}', { k: "${l}", l: "no" }, 'up{a="${l}"}'],
  ])("%s with %j", (text, holes, filled) => expect(fill(text, holes)).toBe(filled));

  it.each<[string, Holes, RegExp]>([
    ["up > ${n}", { n: "1 or vector(1)" }, /cannot stand here.*/],
    ["rate(up[${w}])", { w: "5" }, /cannot stand here/],
    ["rate(up[${w}])", { w: "5m])) or vector(1" }, /cannot stand here/],
    ["up{a=`${k}`}", { k: "`" }, /cannot stand in the query/],
    ["up # ${k}", { k: "\nup" }, /cannot stand here/],
    ['up{a="${k}"}', {}, /nothing is known for \$\{k\}/],
    ['up{a="${toString}"}', {}, /nothing is known/],
  ])("%s refuses %j", (text, holes, words) => expect(() => fill(text, holes)).toThrow(words));
});

describe("what is not PromQL is refused, with its place", () => {
  it.each([
    ["up{", "it ends too early"],
    ["", "it ends too early"],
    ["sum(\n  up))", /line 2, column 6/],
    ['up{a="b" or c="d"}', /line 1, column/],
    ["WITH (x = up) x", /line 1/],
  ])("%j", (text, reason) => {
    expect(() => fill(text)).toThrow(
      expect.objectContaining({ code: "invalid-document", reason: expect.stringMatching(reason) }),
    );
  });
});

describe("on a real server", () => {
  const at = Math.floor(Date.now() / 1000) * 1000;
  const hostile = "a\"b\\c\n{}|.*`'${x}é\u{1f600}";
  let server: MetricsServer;

  beforeAll(async () => {
    server = await servePrometheus();
    const one = (key: string, env: string, value: number) => ({
      labels: { __name__: "calls", key, env },
      samples: [{ value, at }],
    });
    await server.write([one(hostile, "prod", 1), one("other", "prod", 2), one(hostile, "dev", 4)]);
  });

  afterAll(() => server.stop());

  it.each([
    "sum(calls{key=${k}})",
    'sum(calls{key="${k}"})',
    "sum(calls{key=~'${k}'})",
    "sum(calls{key=~${k}})",
  ])("a hostile key picks only its own series: %s", async (text) => {
    const { data } = await driverFor(server.url).query(fill(text, { k: hostile }, { env: "prod" }), at);
    expect(data).toMatchObject({ type: "vector", samples: [{ value: 1 }] });
  });
});
