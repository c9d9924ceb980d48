import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { BreakerList, BreakerLists, GroupList, InstanceList } from "../../src/domain/answers.ts";
import { json, type Ran } from "../support/cbctl.ts";
import { type SandboxOfTests, sandboxOfTests } from "../support/sandbox.ts";

const lines = ({ stdout }: Ran) => stdout.trimEnd().split("\n");
const keysOf = ({ breakers }: BreakerList) => breakers.map(({ key }) => key);

const RULES = ["any-open", "majority-open", "all-open", "half-open", "unknown", "not-closed"];

/** Which shipped rules fire in each context; the other rules are quiet. */
function rulesFire(sandbox: SandboxOfTests, firing: readonly string[]): void {
  test.each(RULES)("--fail-on %s", async (rule) => {
    const ran = await sandbox.run(["status", "-A", "--fail-on", rule, "-o", "json"]);
    const fires = json<BreakerLists>(ran).items.map(({ verdicts = [] }) =>
      verdicts.some((verdict) => verdict.rule === rule && verdict.firing === true),
    );
    const expected = firing.includes(rule);
    expect(fires).toEqual([expected, expected, expected]);
    expect(ran.code).toBe(expected ? 3 : 0);
  });
}

describe("with one breaker open", () => {
  const sandbox = sandboxOfTests(["--scenario", "one-open"]);

  test.each([
    ["key-breakers", 6, "deepseek-2"],
    ["gateway", 7, "search-service"],
    ["acme", 5, "ledger"],
  ])("%s lists all its breakers, the open one first", async (context, total, open) => {
    const ran = await sandbox.run(["status", "--context", context, "-o", "json"]);
    expect(ran.code).toBe(0);
    const list = json<BreakerList>(ran);
    expect(list).toMatchObject({ kind: "BreakerList", context, system: context, errors: [] });
    expect(list.summary).toMatchObject({ total, open: 1, closed: total - 1, unknown: 0, mixed: 0 });
    expect(list.breakers[0]).toMatchObject({ key: open, state: "open", instances: { total: 3, open: 3 } });
    expect(list.breakers.slice(1).every(({ state }) => state === "closed")).toBe(true);
  });

  test("the table, piped, is plain, has a head and a line a breaker", async () => {
    const ran = await sandbox.run(["status", "--context", "acme"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const [head, first, ...others] = lines(ran);
    expect(head).toMatch(/^STATE +BREAKER +INSTANCES +SINCE +NEXT +FAILURES +REASON$/);
    expect(first).toMatch(/^✖ open +payments\/ledger +3\/3 +\d{4}-.*Z +\d{4}-.*Z +15\/15 +-$/);
    expect(others).toHaveLength(4);
  });

  test("wide adds the native state and the thresholds", async () => {
    const [head, first] = lines(await sandbox.run(["status", "--context", "acme", "-o", "wide"]));
    expect(head).toContain("NATIVE");
    expect(first).toContain("OPEN");
    expect(first).toContain("failureThreshold=5 successThreshold=2 openDuration=5m");
  });

  test("yaml and json say the same", async () => {
    const still = (text: unknown) => ({ ...(text as BreakerList), observedAt: null });
    const ask = ["status", "--context", "key-breakers", "-o"];
    const [asJson, asYaml] = await Promise.all([
      sandbox.run([...ask, "json"]),
      sandbox.run([...ask, "yaml"]),
    ]);
    expect(still(parse(asYaml.stdout))).toEqual(still(json(asJson)));
  });

  test("names are what other commands take", async () => {
    const names = lines(await sandbox.run(["status", "--context", "acme", "-o", "name"]));
    expect(names[0]).toBe("payments/ledger");
    for (const name of names) {
      const one = await sandbox.run(["status", name, "--context", "acme", "-o", "name"]);
      expect(one.stdout).toBe(`${name}\n`);
    }
  });

  test("csv has a head and a row a breaker, all of one width", async () => {
    const rows = lines(await sandbox.run(["status", "--context", "key-breakers", "-o", "csv"]));
    const widths = new Set(rows.map((row) => row.split(",").length));
    expect(rows[0]).toMatch(/^context,group,key,state,nativeState,total,open/);
    expect(rows[1]).toMatch(/^key-breakers,deepseek,deepseek-2,open,open,3,3,/);
    expect([rows.length, widths.size]).toEqual([7, 1]);
  });

  test("junit has a failure for each rule that fires, and a passed case for each that does not", async () => {
    const rules = ["--fail-on", "any-open", "--fail-on", "all-open"];
    const ran = await sandbox.run(["status", "--context", "gateway", ...rules, "-o", "junit"]);
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain('<testsuite name="gateway" tests="2" failures="1" errors="0">');
    expect(ran.stdout).toMatch(/<testcase classname="any-open" name="gateway">\s*<failure type="warning"/);
    expect(ran.stdout).toContain('<testcase classname="all-open" name="gateway"/>');
  });

  test("github annotates what fires", async () => {
    const rules = ["--fail-on", "any-open,majority-open"];
    const ran = await sandbox.run(["status", "--context", "acme", ...rules, "-o", "github"]);
    expect(ran.code).toBe(3);
    expect(lines(ran)).toEqual(["::warning title=any-open on acme (acme)::openShare 0.20"]);
  });

  test("--state shows only breakers in these states, and rules judge all of them", async () => {
    const only = (states: string[]) =>
      sandbox.run(["status", "--context", "acme", ...states, "--fail-on", "any-open", "-o", "json"]);
    const closed = await only(["--state", "closed"]);
    expect(keysOf(json(closed))).not.toContain("ledger");
    expect(closed.code).toBe(3);
    expect(json<BreakerList>(await only(["--state", "open", "--state", "closed"])).breakers).toHaveLength(5);
    expect(json<BreakerList>(await only(["--state", "open,half_open"])).breakers).toHaveLength(1);
  });

  test("--group shows only breakers of these groups", async () => {
    const ran = await sandbox.run(["status", "--context", "acme", "--group", "shipping", "-o", "json"]);
    expect(keysOf(json(ran))).toEqual(["labels", "rates"]);
    const wrong = await sandbox.run(["status", "--context", "acme", "--group", "shiping"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("shipping");
  });

  test("--by group has a row a group, by its worst breaker", async () => {
    const ran = await sandbox.run(["status", "--context", "acme", "--by", "group", "-o", "json"]);
    const { kind, groups } = json<GroupList>(ran);
    expect(kind).toBe("GroupList");
    expect(groups.map(({ group, state }) => [group, state])).toEqual([
      ["payments", "open"],
      ["search", "closed"],
      ["shipping", "closed"],
    ]);
    const names = await sandbox.run(["status", "--context", "acme", "--by", "group", "-o", "name"]);
    expect(names.stdout).toBe("payments\nsearch\nshipping\n");
    const csv = await sandbox.run(["status", "--context", "acme", "--by", "group", "-o", "csv"]);
    expect(lines(csv)[1]).toMatch(/^acme,payments,open,2,1,/);
  });

  test("--by instance has each replica with its own breakers", async () => {
    const ran = await sandbox.run(["status", "--context", "acme", "--by", "instance", "-o", "json"]);
    const { instances } = json<InstanceList>(ran);
    expect(instances.map(({ url }) => url)).toEqual(sandbox.running().urls.acme);
    expect(instances.map(({ breakers }) => breakers.length)).toEqual([5, 5, 5]);
    const table = await sandbox.run(["status", "--context", "acme", "--by", "instance"]);
    expect(lines(table)).toHaveLength(16);
    const names = await sandbox.run(["status", "--context", "acme", "--by", "instance", "-o", "name"]);
    expect(lines(names)).toEqual(instances.map(({ instance }) => instance));
  });

  test("-A reads every context", async () => {
    const ran = await sandbox.run(["status", "-A", "-o", "json"]);
    const { items, errors } = json<BreakerLists>(ran);
    expect(items.map(({ context, summary }) => [context, summary.total])).toEqual([
      ["key-breakers", 6],
      ["gateway", 7],
      ["acme", 5],
    ]);
    expect(errors).toEqual([]);
    const table = lines(await sandbox.run(["status", "--all-contexts"]));
    expect(table[0]).toMatch(/^CONTEXT +STATE/);
    expect(table).toHaveLength(19);
  });

  test("-A and --by exclude each other", async () => {
    expect((await sandbox.run(["status", "-A", "--by", "group"])).code).toBe(2);
  });

  test("a pattern chooses by key and by group/key", async () => {
    const chosen = async (...patterns: string[]) =>
      keysOf(json(await sandbox.run(["status", ...patterns, "--context", "acme", "-o", "json"])));
    expect(await chosen("l*")).toEqual(["ledger", "labels"]);
    expect(await chosen("payments/*")).toEqual(["ledger", "card-auth"]);
    expect(await chosen("index", "rates")).toEqual(["index", "rates"]);
  });

  test("an unknown key is a usage error that names near ones", async () => {
    const ran = await sandbox.run(["status", "leger", "--context", "acme", "-o", "json"]);
    expect(ran.code).toBe(2);
    expect(json(ran)).toMatchObject({ error: { exitCode: 2, code: "unknown-name" } });
    expect(ran.stderr).toContain("ledger");
    const none = await sandbox.run(["status", "zzz*", "--context", "acme"]);
    expect([none.code, none.stdout]).toEqual([2, ""]);
  });

  rulesFire(sandbox, ["any-open", "not-closed"]);
});

describe("healthy", () => {
  rulesFire(sandboxOfTests(["--scenario", "healthy"]), []);
});

describe("all open", () => {
  rulesFire(sandboxOfTests(["--scenario", "all-open"]), [
    "any-open",
    "majority-open",
    "all-open",
    "not-closed",
  ]);
});

describe("majority open", () => {
  rulesFire(sandboxOfTests(["--scenario", "majority-open"]), ["any-open", "majority-open", "not-closed"]);
});

describe("stuck half-open", () => {
  rulesFire(sandboxOfTests(["--scenario", "stuck-half-open"]), ["half-open", "not-closed"]);
});
