import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { BreakerDescription, BreakerList, InstanceList } from "../../src/domain/answers.ts";
import type { TimeSeries } from "../../src/sandbox/remote-write.ts";
import { type MetricsServer, servePrometheus } from "../drivers/metrics/metrics-servers.ts";
import { part } from "../sandbox/parts.ts";
import { keyBreaker } from "../support/admin-server.ts";
import { BIN, cbctl, json, type Ran } from "../support/cbctl.ts";
import { refusedUrl, serveHttp } from "../support/http-servers.ts";
import { at, listing } from "../support/key-breakers.ts";
import { answering, vector } from "../support/prometheus-answers.ts";

const STATE = "circuit_breaker_state";
const CHANGES = "circuit_breaker_transitions_total";
const MINUTE = 60_000;

/** Values a minute apart, the last of now. */
function series(name: string, labels: Record<string, string>, ...values: number[]): TimeSeries {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const samples = values.map((value, index) => ({ value, at: now - (values.length - 1 - index) * MINUTE }));
  return { labels: { __name__: name, job: "api", instance: "api-1:8000", ...labels }, samples };
}

/** States as the sample code of the runbook leaves them: 1 for every state that there ever was. */
const everBeen = (service: string, ...states: string[]) =>
  states.map((state) => series(STATE, { service, state }, 1, 1, 1));

const PAST: readonly TimeSeries[] = [
  series(STATE, { service: "inventory-api", state: "closed" }, 1, 1, 1),
  series(STATE, { service: "inventory-api", state: "open" }, 0, 0, 0),
  ...everBeen("payment-api", "open", "half_open", "closed"),
  series(CHANGES, { service: "payment-api", to: "open" }, 1, 1, 2),
  series(CHANGES, { service: "payment-api", to: "half_open" }, 1, 1, 1),
  series(CHANGES, { service: "payment-api", to: "closed" }, 0, 1, 1),
  series("circuit_breaker_failures_total", { service: "payment-api" }, 5, 7, 12),
  series("circuit_breaker_successes_total", { service: "payment-api" }, 80, 85, 90),
  ...everBeen("external-api", "open", "closed"),
  series("circuit_breaker_failures_total", { service: "mail-api" }, 0, 0, 0),
  series(STATE, { service: "orders-api", state: "closed", env: "prod", instance: "p:1" }, 1, 1, 1),
  series(STATE, { service: "orders-api", state: "open", env: "staging", instance: "s:1" }, 1, 1, 1),
];

let prometheus: MetricsServer;

beforeAll(async () => {
  prometheus = await servePrometheus();
  await prometheus.write(PAST);
}, 30_000);

afterAll(() => prometheus.stop());

const ask = (argv: readonly string[], url = prometheus.url): Promise<Ran> =>
  cbctl([...argv, "--system", "service-metrics", "--prometheus-url", url]);

describe("status of a system that only Prometheus sees", () => {
  test("tells each state by what decides it, and never closed where it cannot be told", async () => {
    const ran = await ask(["status", "-o", "json"]);
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    const told = json<BreakerList>(ran).breakers.map(({ key, state, reason }) => [key, state, reason]);
    expect(told).toEqual([
      ["payment-api", "open", `told by the last rise of ${CHANGES}`],
      ["external-api", "unknown", `closed and open of ${STATE} are 1 at once; ${CHANGES} has no series`],
      ["mail-api", "unknown", "no series tells its state"],
      ["orders-api", "unknown", expect.stringContaining('env="prod" says closed, env="staging" says open')],
      ["inventory-api", "closed", `told by the one true series of ${STATE}`],
    ]);
  });

  test("counts calls, for each instance by the label of its scrape", async () => {
    const ran = await ask(["status", "payment-api", "--by", "instance", "-o", "json"]);
    const [instance] = json<InstanceList>(ran).instances;
    expect(instance).toMatchObject({
      instance: "api-1:8000",
      url: prometheus.url,
      breakers: [{ state: "open", counts: { failures: 12, successes: 90, calls: null, scope: "lifetime" } }],
    });
  });

  test("a person sees the reason beside the state", async () => {
    const { stdout } = await ask(["status"]);
    expect(stdout).toMatch(/unknown +external-api .*closed and open of circuit_breaker_state are 1 at once/);
  });

  test.each([
    ["any-open", "payment-api", 3],
    ["unknown", "external-api", 3],
    ["any-open", "external-api", 9],
    ["not-closed", "inventory-api", 0],
  ])("--fail-on %s %s ends with %i", async (rule, key, code) => {
    expect((await ask(["status", key, "--fail-on", rule])).code).toBe(code);
  });

  test("-v shows what was asked", async () => {
    const { stderr } = await ask(["status", "-v"]);
    expect(stderr).toContain(`> POST ${prometheus.url}/api/v1/query query=${STATE}&`);
  });

  test("CBCTL_SYSTEM and CBCTL_PROMETHEUS_URL do without flags; the token of an admin API stays here", async () => {
    const seen = await answering(200, vector([]));
    const env = {
      CBCTL_SYSTEM: "service-metrics",
      CBCTL_PROMETHEUS_URL: seen.url,
      CBCTL_TOKEN: "canary-4711",
    };
    expect((await cbctl(["status"], { env })).code).toBe(0);
    expect(seen.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(seen.requests)).not.toContain("canary-4711");
  });
});

test("status of a system with an admin API loads nothing of this", async () => {
  const server = await listing([keyBreaker("k", "closed")]);
  const env = { NODE_DEBUG: "module" };
  const [plain, measured] = await Promise.all([
    cbctl(["status", ...at(server)], { env }),
    cbctl(["status", "--system", "service-metrics", "--prometheus-url", prometheus.url], { env }),
  ]);
  const loaded = ({ stderr }: Ran) => [...new Set(stderr.match(/\w+\.cjs(?=")/g))];
  expect(loaded(plain)).toContain("status.cjs");
  expect(loaded(plain)).not.toContain("commands.cjs");
  expect(loaded(measured)).toContain("commands.cjs");
});

test.each([
  ["documented", `told by the one true series of ${STATE}`],
  ["real", `told by the only change in ${CHANGES}`],
])(
  "as %s in the sandbox, an open breaker is open on each instance",
  { timeout: 60_000 },
  async (as, reason) => {
    const told = `'${process.execPath}' '${BIN}' status -o json`;
    const fleet = [
      "--only",
      "service-metrics",
      "--scenario",
      "one-open",
      "--instances",
      "2",
      "--past",
      "20m",
    ];
    const PATH = `${dirname(part("prometheus"))}:${process.env["PATH"]}`;
    const ran = await cbctl(["sandbox", ...fleet, "--as", as, "--exec", told], { env: { PATH } });
    expect(ran.code).toBe(0);
    const { breakers } = json<BreakerList>(ran);
    expect(breakers[0]).toMatchObject({ state: "open", reason, instances: { total: 2, open: 2 } });
    expect(breakers.slice(1).map(({ state }) => state)).toEqual(["closed", "closed", "closed"]);
  },
);

describe("describe", () => {
  test("shows one breaker in full, with the runbook's way for what cannot be done", async () => {
    const ran = await ask(["describe", "payment-api", "-o", "json"]);
    expect(ran.code).toBe(0);
    const { breaker, instances, capabilities } = json<BreakerDescription>(ran);
    expect(breaker).toMatchObject({ state: "open", counts: { failures: 12 } });
    expect(instances).toMatchObject([{ instance: "api-1:8000", state: "open" }]);
    expect(capabilities.every(({ reaches, instead }) => reaches.length === 0 && instead !== null)).toBe(true);
  });

  test("says of what cannot be told that it cannot, and why", async () => {
    const { stdout } = await ask(["describe", "external-api"]);
    expect(stdout).toContain("unknown");
    expect(stdout).toContain("are 1 at once");
  });
});

test.each([
  ["reset", /kubectl rollout restart deployment\/api/],
  ["trip", /flags\/NAME with \{"enabled": false\}/],
  ["release", /closes by itself/],
  ["enable", /flags\/NAME with \{"enabled": true\}/],
  ["disable", /FALLBACK_ENABLED=true/],
  ["patch", /recovery_timeout/],
])("%s is refused with the way of the runbook, and nobody is asked", async (verb, way) => {
  const server = await answering(200, vector([]));
  const words = verb === "patch" ? [verb, "payment-api", "openDuration=2m"] : [verb, "payment-api"];
  const ran = await ask([...words, "--yes"], server.url);
  expect([ran.code, ran.stdout]).toEqual([4, ""]);
  expect(ran.stderr).toContain(`system service-metrics has no ${verb}`);
  expect(ran.stderr).toMatch(way);
  expect(server.requests).toEqual([]);
});

describe("trouble with Prometheus", () => {
  const failure = (errorType: string) => JSON.stringify({ status: "error", errorType, error: "its words" });

  test.each([
    ["400", 400, failure("bad_data"), "does not understand the query (bad_data)"],
    ["422", 422, failure("execution"), "cannot carry out the query (execution)"],
    ["503 of the API", 503, failure("unavailable"), "cannot answer now (unavailable)"],
    ["503 of a balancer", 503, "Service Unavailable", "is not ready (503)"],
    ["HTML of a proxy", 200, "<html><title>Sign in</title></html>", "with HTML, not as Prometheus does"],
    ["401", 401, "", "refused the credentials (401)"],
    ["an empty body", 200, "", "with an empty body"],
    ["another shape", 200, '{"status":"success","data":{}}', "gave no usable answer"],
  ])("%s has its own message and ends with 9", async (_, status, body, words) => {
    const ran = await ask(["status"], (await answering(status, body)).url);
    expect([ran.code, ran.stdout]).toEqual([9, ""]);
    expect(ran.stderr).toContain(words);
  });

  test("down", async () => {
    const ran = await ask(["status", "-o", "json"], await refusedUrl());
    expect(ran.code).toBe(9);
    expect(json(ran)).toMatchObject({ error: { code: "unreachable", reason: "connection refused" } });
  });

  test("an answer that does not come", async () => {
    const server = await serveHttp(() => undefined);
    onTestFinished(() => server.close());
    const ran = await ask(["status", "--timeout", "200ms", "-o", "json"], server.url);
    expect(ran.code).toBe(9);
    expect(json(ran)).toMatchObject({ error: { code: "timed-out" } });
  });

  test("no series is an answer, and says that it tells nothing", async () => {
    const server = await answering(200, vector([]));
    const ran = await ask(["status", "-o", "json"], server.url);
    expect([ran.code, json<BreakerList>(ran).breakers]).toEqual([0, []]);
    expect(ran.stderr).toContain("no series that tell of a breaker");
    expect((await ask(["status", "--fail-on", "any-open"], server.url)).code).toBe(9);
  });

  test("warnings: read only in part, so that nothing is closed for sure", async () => {
    const closed = { metric: { service: "pay", state: "closed" }, value: [1, "1"] };
    const server = await answering(200, vector([closed], ["store-7: no such host"]));
    const ran = await ask(["status", "-o", "json"], server.url);
    expect(ran.code).toBe(9);
    expect(json(ran)).toMatchObject({ breakers: [{ state: "unknown" }], errors: [{ code: "no-data" }] });
    expect(ran.stderr).toContain("store-7: no such host");
  });
});
