import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BreakerList, BreakerLists } from "../../src/domain/answers.ts";
import type { Breaker } from "../../src/domain/breaker.ts";
import { BIN, json } from "../support/cbctl.ts";
import { expectNothingLeft, place } from "../support/place.ts";
import { sandboxOfTests } from "../support/sandbox.ts";

const INSIDE = `'${process.execPath}' '${BIN}'`;

/** What `cbctl status -A` tells inside of a sandbox. */
async function statusIn(...argv: string[]): Promise<BreakerLists> {
  const ran = await place().run([...argv, "--exec", `${INSIDE} status -A -o json`]);
  expect(ran.code).toBe(0);
  return json<BreakerLists>(ran);
}

describe("each scenario is what it says, in all three systems", () => {
  const open =
    (state: string) =>
    ({ breakers }: BreakerList) =>
      breakers.filter((breaker) => breaker.state === state && breaker.instances.total === 3).length;
  const allClosed = (list: BreakerList) => open("closed")(list) === list.summary.total;
  const oneOpen = (list: BreakerList) =>
    open("open")(list) === 1 && list.summary.closed === list.summary.total - 1;
  const openShare = ({ breakers }: BreakerList) => {
    const pairs = (count: (instances: Breaker["instances"]) => number) =>
      breakers.reduce((sum, { instances }) => sum + count(instances), 0);
    return pairs(({ open: ones }) => ones) / pairs(({ total }) => total);
  };
  const mostFailures = ({ breakers }: BreakerList) =>
    Math.max(...breakers.map(({ counts }) => counts.failures ?? 0));

  test.each<[string, (list: BreakerList) => boolean]>([
    ["healthy", allClosed],
    ["one-open", oneOpen],
    ["all-open", (list) => openShare(list) === 1],
    ["majority-open", (list) => openShare(list) > 0.5 && openShare(list) < 1],
    ["flapping", ({ summary }) => summary.total - summary.closed <= 1 && summary.forcedOpen === 0],
    ["stuck-half-open", (list) => open("half_open")(list) === 1],
    ["false-alarm", allClosed],
    ["after-deploy", oneOpen],
    ["never-opens", (list) => allClosed(list) && mostFailures(list) > 15],
    ["metrics-missing", allClosed],
    ["slow-upstream", allClosed],
    ["recovering", (list) => openShare(list) > 0.5],
  ])("%s", async (scenario, holds) => {
    const { items, errors } = await statusIn("--scenario", scenario);
    expect(errors).toEqual([]);
    expect(items.map(({ context }) => context)).toEqual(["key-breakers", "gateway", "acme"]);
    for (const list of items)
      expect([list.context, holds(list), list.summary]).toMatchObject([list.context, true, {}]);
  });

  test("recovering recovers by itself, within a minute of its time", async () => {
    const ask = `${INSIDE} status --fail-on not-closed >/dev/null`;
    const loop = `for try in $(seq 100); do ${ask} && exit 0; sleep 0.1; done; exit 1`;
    const argv = [
      "--scenario",
      "recovering",
      "--time-scale",
      "1m=1s",
      "--only",
      "key-breakers",
      "--exec",
      loop,
    ];
    expect((await place().run(argv)).code).toBe(0);
  });

  test("flapping opens, closes and opens again", async () => {
    const ask = `${INSIDE} status --fail-on not-closed >/dev/null`;
    const seen = (wanted: string) => `for try in $(seq 200); do ${wanted} && break; sleep 0.05; done`;
    const round = `${seen(`! ${ask}`)}; ${seen(ask)}; ${seen(`! ${ask}`)}; ${wantedAtLast(ask)}`;
    const argv = [
      "--scenario",
      "flapping",
      "--time-scale",
      "5s=1s",
      "--only",
      "key-breakers",
      "--exec",
      round,
    ];
    expect((await place().run(argv)).code).toBe(0);
  });
});

/** Ends with 0 when the breakers are not all closed. */
function wantedAtLast(ask: string): string {
  return `if ${ask}; then exit 1; else exit 0; fi`;
}

describe("its options", () => {
  test("--only runs one system, --instances so many replicas", async () => {
    const { items } = await statusIn("--only", "acme", "--instances", "2");
    expect(items.map(({ context }) => context)).toEqual(["acme"]);
    expect(items[0]?.breakers.map(({ instances }) => instances.total)).toEqual([2, 2, 2, 2, 2]);
  });

  test("--only may be given twice", async () => {
    const { items } = await statusIn("--only", "acme", "--only", "gateway", "--instances", "1");
    expect(items.map(({ context }) => context).sort()).toEqual(["acme", "gateway"]);
  });

  test("a system without a document runs, and has no context", async () => {
    const shipped = readdirSync("systems").map((file) => file.replace(".yaml", ""));
    const only = ["acme", "router-policy", "router-extensions"];
    const argv = only.flatMap((system) => ["--only", system]);
    const ran = await place().run([...argv, "--instances", "1", "--exec", `${INSIDE} context list -o name`]);
    expect(ran.stdout.trim().split("\n").sort()).toEqual(
      only.filter((name) => shipped.includes(name)).sort(),
    );
    expect(ran.stderr).toContain("3 instances");
  });

  test("--quirk may be given twice, and each system does its own", async () => {
    const quirks = ["--quirk", "bare-states", "--quirk", "error-in-200"];
    const only = ["--only", "updog", "--only", "router-extensions", "--instances", "1"];
    const ran = await place().run([...only, ...quirks, "--exec", `${INSIDE} status -A -o json`]);
    const { items, errors } = json<BreakerLists>(ran);
    expect(items.map(({ context, breakers }) => [context, breakers[0]?.counts.calls])).toEqual([
      ["updog", null],
    ]);
    expect(errors).toMatchObject([{ context: "router-extensions", code: "not-understood" }]);
  });

  test.each([
    ["real", /credentials +bearer token from file/],
    ["documented", /credentials +-\n/],
  ])("--as %s", async (behaviour, credentials) => {
    const show = `${INSIDE} context show gateway && ${INSIDE} status --context gateway -o json`;
    const ran = await place().run(["--only", "gateway", "--as", behaviour, "--exec", show]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(credentials);
    const list = JSON.parse(ran.stdout.slice(ran.stdout.indexOf("{"))) as BreakerList;
    expect(list.summary).toMatchObject({ total: 7, open: 1, closed: 6 });
  });

  test.each([
    ["--time-scale", "1s=1m"],
    ["--time-scale", "fast"],
    ["--instances", "two"],
    ["--past", "yesterday"],
    ["--scenario", "calm"],
    ["--only", "gatewya"],
    ["--as", "ideal"],
    ["--quirk", "haunted"],
  ])("%s %s is a usage error, and nothing is started", async (option, value) => {
    const where = place();
    const ran = await where.run([option, value, "--exec", "true"]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toMatch(/^cbctl: /);
    await expectNothingLeft(where);
  });
});

describe("--exec", () => {
  test.each([
    ["exit 0", 0],
    ["exit 7", 7],
    ["kill -TERM $$", 143],
    ["no-such-command", 127],
  ])("%s: its exit code is that of the command, %i", async (command, code) => {
    const where = place();
    expect((await where.run(["--only", "acme", "--exec", command])).code).toBe(code);
    await expectNothingLeft(where);
  });

  test("standard input and output are the command's", async () => {
    const ran = await place().run(["--only", "acme", "--exec", "cat; echo said"], { input: "given\n" });
    expect(ran.stdout).toBe("given\nsaid\n");
  });

  test("the config and its secrets are the owner's alone", async () => {
    const look = 'cd "$(dirname "$CBCTL_CONFIG")" && find . -type f -printf "%m\\n" | sort -u; stat -c %a .';
    expect((await place().run(["--exec", look])).stdout).toBe("600\n700\n");
  });
});

describe("with a past of an hour", () => {
  const sandbox = sandboxOfTests(["--scenario", "one-open", "--past", "1h"]);

  const urlOf = (service: string) =>
    new RegExp(`^ {2}${service} +(http\\S+)$`, "m").exec(sandbox.running().stderr())?.[1];
  const ask = async (url: string) => (await fetch(url)).json();

  test("Prometheus knows the state of every breaker through all of it", async () => {
    const now = Date.now() / 1_000;
    const query = "count by (system) (circuit_breaker_state or acme_breaker_status == 1)";
    const range = new URLSearchParams({ query, start: `${now - 3_500}`, end: `${now - 60}`, step: "60" });
    const { data } = (await ask(`${urlOf("Prometheus")}/api/v1/query_range?${range}`)) as {
      data: { result: { metric: { system: string }; values: [number, string][] }[] };
    };
    const bySystem = new Map(data.result.map(({ metric, values }) => [metric.system, values]));
    expect([...bySystem.keys()].sort()).toEqual(["acme", "key-breakers"]);
    for (const values of bySystem.values()) expect(values.length).toBeGreaterThan(50);
    expect(new Set(bySystem.get("key-breakers")?.map(([, count]) => count))).toEqual(new Set(["18"]));
  });

  test("the open breaker was closed an hour ago, and open a minute ago", async () => {
    const at = async (agoSeconds: number) => {
      const query = 'circuit_breaker_state{key_id="deepseek-2"}';
      const time = `${Date.now() / 1_000 - agoSeconds}`;
      const { data } = (await ask(
        `${urlOf("Prometheus")}/api/v1/query?${new URLSearchParams({ query, time })}`,
      )) as {
        data: { result: { value: [number, string] }[] };
      };
      return data.result.map(({ value }) => value[1]);
    };
    expect(await at(3_000)).toEqual(["0", "0", "0"]);
    expect(await at(60)).toEqual(["2", "2", "2"]);
  });

  test("Alertmanager has the alert, since the fault began, one for each system", async () => {
    const alerts = (await ask(`${urlOf("Alertmanager")}/api/v2/alerts`)) as {
      labels: { alertname: string; system: string };
      startsAt: string;
    }[];
    expect(alerts.map(({ labels }) => [labels.system, labels.alertname]).sort()).toEqual([
      ["acme", "AcmeBreakerOpen"],
      ["gateway", "CircuitBreakerOpen"],
      ["key-breakers", "CircuitBreakerOpened"],
    ]);
    for (const { startsAt } of alerts) expect(Date.now() - Date.parse(startsAt)).toBeGreaterThan(200_000);
  });

  test("the contexts lead there", async () => {
    const shown = json<{ prometheus: string; alertmanager: string }>(
      await sandbox.run(["context", "show", "acme", "-o", "json"]),
    );
    expect([shown.prometheus, shown.alertmanager]).toEqual([urlOf("Prometheus"), urlOf("Alertmanager")]);
  });
});

test("metrics-missing: the metrics pages lack the breakers while the admin API has them", async () => {
  const page = 'curl -sS "$(grep -o "http://127[^ ,\\"\']*" "$CBCTL_CONFIG" | head -1)/metrics"';
  const counted = async (scenario: string) =>
    (await place().run(["--scenario", scenario, "--only", "acme", "--exec", page])).stdout.match(
      /^acme_breaker_status\{/gm,
    )?.length ?? 0;
  expect(await counted("healthy")).toBeGreaterThan(0);
  expect(await counted("metrics-missing")).toBe(0);
});
