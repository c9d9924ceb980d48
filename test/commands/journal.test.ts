import { describe, expect, test } from "vitest";
import { type FakeHostOptions, jsonOf, runCbctl } from "../support/fake-host.ts";
import { at, type KeyBreaker, keyBreaker, keyBreakers } from "./fleet-server.ts";

interface Entry {
  readonly intent: { readonly id: string; readonly action: string };
  readonly result: object | null;
}

/** A fleet and a journal that several runs share. */
function workbench(breakers: KeyBreaker[] = [keyBreaker("k1"), keyBreaker("k2")]) {
  const files = new Map<string, string>();
  const serve = keyBreakers({ a: breakers });
  const run = (argv: readonly string[], options: FakeHostOptions = {}) =>
    runCbctl([...argv, ...at("a")], { files, serve, ...options });
  const patch = (value: number) => run(["patch", "k1", `failureThreshold=${value}`, "--yes"]);
  const entries = async () =>
    jsonOf<{ entries: Entry[] }>(await run(["audit", "list", "-o", "json"])).entries;
  return { files, breakers, run, patch, entries };
}

describe("undo", () => {
  test("takes the newest change back, then the one before", async () => {
    const { run, patch, breakers, entries } = workbench();
    await patch(6);
    await patch(7);
    expect(await run(["undo", "--yes"])).toMatchObject({
      code: 0,
      writes: [expect.stringContaining("/k1/config")],
    });
    expect(breakers[0]?.config.failure_threshold).toBe(6);
    const ran = await run(["undo", "--yes", "-o", "json"]);
    expect(jsonOf(ran)).toMatchObject({ action: "undo", applied: 1, total: 1 });
    expect(breakers[0]?.config.failure_threshold).toBe(5);
    expect((await entries()).map(({ intent }) => intent.action)).toEqual(["patch", "patch", "undo", "undo"]);
  });

  test.each([
    ["without a change", 0, [], 2, /no change to take back/],
    ["by an id that is none", 1, ["nope"], 2, /no change "nope"/],
  ])("%s", async (_, changes, argv, code, said) => {
    const { run, patch } = workbench();
    for (let made = 0; made < changes; made += 1) await patch(6 + made);
    expect(await run(["undo", ...argv, "--yes"])).toMatchObject({
      code,
      writes: [],
      stderr: expect.stringMatching(said),
    });
  });

  test("is refused when the value is another since", async () => {
    const { run, patch, breakers } = workbench();
    await patch(7);
    Object.assign(breakers[0]?.config ?? {}, { failure_threshold: 9 });
    expect(await run(["undo", "--yes"])).toMatchObject({
      code: 4,
      writes: [],
      stderr: expect.stringContaining("was left failureThreshold=7 and is failureThreshold=9"),
    });
  });

  test("wants consent like any change, and sends nothing on a dry run", async () => {
    const { run, patch } = workbench();
    await patch(7);
    expect(await run(["undo"])).toMatchObject({ code: 4, writes: [] });
    expect(await run(["undo", "--dry-run"])).toMatchObject({ code: 0, writes: [] });
  });
});

describe("audit", () => {
  test("lists changes, in the order they were made, in every format", async () => {
    const { run, patch, entries } = workbench();
    expect(await entries()).toEqual([]);
    await patch(6);
    await patch(7);
    const ids = (await entries()).map(({ intent }) => intent.id);
    expect((await run(["audit", "list", "-o", "name"])).stdout.trim().split("\n")).toEqual(ids);
    expect((await run(["audit", "list"])).stdout).toMatch(/patch[\s\S]*patch/);
    expect((await run(["audit", "list", "-o", "csv"])).stdout.trim().split("\n").length).toBeGreaterThan(2);
    expect(jsonOf(await run(["audit", "export", "-o", "json"]))).toMatchObject({
      kind: "AuditExport",
      by: { user: "ana", host: "ops-1" },
      entries: [{}, {}],
    });
  });

  test("shows one, by the beginning of its id", async () => {
    const { run, patch, entries } = workbench();
    await patch(6);
    const [entry] = await entries();
    const id = entry?.intent.id ?? "";
    expect(jsonOf(await run(["audit", "show", id.slice(0, 4), "-o", "json"]))).toMatchObject({
      kind: "AuditEntry",
      entry: { intent: { id } },
    });
    expect((await run(["audit", "show", id])).stdout).toContain(id);
    await patch(7);
    expect(await run(["audit", "show", "ID"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"ID" begins several ids'),
    });
    expect(await run(["audit", "show", "nope"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no change "nope"'),
    });
  });

  test("verify finds a log whole, and says where one was edited", async () => {
    const { run, patch, files } = workbench();
    await patch(6);
    expect(jsonOf(await run(["audit", "verify", "-o", "json"]))).toMatchObject({
      kind: "AuditVerification",
      events: 2,
      faults: [],
    });
    files.set(
      "/state/log.jsonl",
      (files.get("/state/log.jsonl") ?? "").replace('"user":"ana"', '"user":"bob"'),
    );
    const ran = await run(["audit", "verify", "-o", "json"]);
    expect(ran.code).toBe(3);
    expect(jsonOf<{ faults: object[] }>(ran).faults[0]).toMatchObject({
      kind: "edited",
      line: expect.any(Number),
    });
  });

  test("reconcile settles a change whose command died, sends nothing but reads, and says what it found", async () => {
    const { run, entries, breakers } = workbench([keyBreaker("k1", "open")]);
    const own = keyBreakers({ a: breakers });
    const serve: FakeHostOptions["serve"] = (request) => {
      if (request.method === "GET") return own(request);
      own(request);
      throw new Error("the process dies here");
    };
    expect((await run(["reset", "k1", "--yes"], { serve })).code).toBe(1);
    expect(await entries()).toMatchObject([{ result: null }]);
    expect(await run(["reset", "k1", "--yes"])).toMatchObject({ code: 0, writes: [] });
    const ran = await run(["audit", "reconcile", "-o", "json"]);
    expect(ran).toMatchObject({ code: 0, writes: [] });
    expect(jsonOf(ran)).toMatchObject({
      kind: "Reconciliation",
      entries: [{ result: { reconciled: true, applied: 1 } }],
    });
    expect(jsonOf(await run(["audit", "reconcile", "-o", "json"]))).toMatchObject({ entries: [] });
  });

  test("reconcile that cannot look ends without a claim", async () => {
    const { run, entries } = workbench([keyBreaker("k1", "open")]);
    const dying: FakeHostOptions["serve"] = ({ method }) => {
      if (method === "GET") return { body: [keyBreaker("k1", "open")] };
      throw new Error("the process dies here");
    };
    await run(["reset", "k1", "--yes"], { serve: dying });
    const ran = await run(["audit", "reconcile"], { serve: keyBreakers({ a: null }) });
    expect(ran.code).toBe(9);
    expect(await entries()).toMatchObject([{ result: null }]);
    expect((await run(["audit", "reconcile"])).code).toBe(8);
    expect(await entries()).toMatchObject([{ result: { reconciled: true, applied: 0 } }]);
  });
});
