import { describe, expect, test } from "vitest";
import { jsonOf, runCbctl, type Serve } from "../support/fake-host.ts";

const AD_HOC = ["--system", "service-metrics", "--prometheus-url", "http://prom/x"];
const OPEN = { metric: { service: "pay", state: "open", instance: "a:1" }, value: [1, "1"] };

/** A Prometheus that knows one selector. */
function knows(selector: string, result: readonly unknown[]): Serve {
  return ({ body }) => {
    const isKnown = new URLSearchParams(body ?? "").get("query") === selector;
    return { body: { status: "success", data: { resultType: "vector", result: isKnown ? result : [] } } };
  };
}

describe("a system that is read from Prometheus", () => {
  test("is asked once for every series that the document names, at one moment, and not for a past", async () => {
    const serve = knows("circuit_breaker_state", [OPEN]);
    const ran = await runCbctl(["status", ...AD_HOC, "-o", "json"], { serve });
    expect(jsonOf(ran)).toMatchObject({ breakers: [{ key: "pay", state: "open" }], errors: [] });
    const forms = ran.requests.map(({ body }) => new URLSearchParams(body ?? ""));
    expect(forms.map((form) => form.get("query"))).toEqual([
      "circuit_breaker_state",
      "circuit_breaker_transitions_total",
      "circuit_breaker_failures_total",
      "circuit_breaker_successes_total",
    ]);
    expect(new Set(forms.map((form) => form.get("time")))).toEqual(
      new Set([String(Date.parse("2026-03-01T12:00:00Z") / 1000)]),
    );
    expect(ran.requests.map(({ method, url }) => `${method} ${url}`)[0]).toBe(
      "POST http://prom/x/api/v1/query",
    );
  });

  test.each([
    ["piped", undefined],
    ["at a terminal", []],
  ])("no series is told apart from good news (%s)", async (_, answers) => {
    const serve = knows("", []);
    const ran = await runCbctl(["status", ...AD_HOC], { serve, ...(answers && { answers }) });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("ad-hoc: Prometheus has no series that tell of a breaker");
  });

  test("its document says that it is read from Prometheus, and how to do by hand what it cannot", async () => {
    const ran = await runCbctl(["system", "show", "service-metrics", "-o", "json"]);
    expect(jsonOf(ran)).toMatchObject({ reads: "Prometheus", verbs: [] });
    const { capabilities } = jsonOf<{ capabilities: { instead: string | null }[] }>(ran);
    expect(capabilities.map(({ instead }) => instead)).not.toContain(null);
  });
});

describe("context add", () => {
  test.each([
    ["service-metrics", ["--admin-url", "http://a"], "--prometheus-url"],
    ["gateway", ["--prometheus-url", "http://p"], "--admin-url"],
    ["gateway", [], "--admin-url"],
  ])("of %s with %j wants %s", async (system, place, wanted) => {
    const files = new Map<string, string>();
    const ran = await runCbctl(["context", "add", "x", "--system", system, ...place], { files });
    expect([ran.code, [...files.keys()]]).toEqual([2, []]);
    expect(ran.stderr).toContain(wanted);
  });
});
