import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Behaviour } from "../../src/sandbox/behaviour.ts";
import { createUpstreamCaller, type UpstreamCaller } from "../../src/sandbox/upstream-caller.ts";
import { startUpstreams, type Upstreams } from "../../src/sandbox/upstreams.ts";

let upstreams: Upstreams;
let caller: UpstreamCaller;
let retries = 0;

beforeEach(async () => {
  upstreams = await startUpstreams();
  caller = createUpstreamCaller();
  retries = 0;
});

afterEach(async () => {
  caller.stop();
  await upstreams.stop();
});

interface Asked {
  readonly from?: string;
  readonly failsOn5xx?: boolean;
  readonly retries?: number;
  readonly timeoutMs?: number;
}

async function call(upstream: string, asked: Asked = {}): Promise<string> {
  const options = {
    caller: asked.from ?? "shop-1",
    timeoutMs: asked.timeoutMs ?? 5000,
    failsOn5xx: asked.failsOn5xx ?? true,
    retries: asked.retries ?? 0,
    onRetry: () => void retries++,
  };
  return caller.call(upstreams.callUrl(upstream), options).then(
    () => "ok",
    (failure: Error) => failure.message,
  );
}

const health = async (upstream: string) => (await fetch(upstreams.healthUrl(upstream))).status;

const broken: Behaviour = { kind: "fail", status: 503 };

describe("an upstream", () => {
  it.each([
    { behaviour: { kind: "ok" }, outcome: "ok", tells: 200 },
    { behaviour: broken, outcome: "upstream answered 503", tells: 503 },
    { behaviour: { kind: "fail", status: 500 }, outcome: "upstream answered 500", tells: 503 },
    { behaviour: { kind: "drop" }, outcome: "socket hang up", tells: 503 },
    { behaviour: { kind: "slow", ms: 1 }, outcome: "ok", tells: 200 },
  ] as const)("that is to $behaviour.kind does, and says so", async ({ behaviour, outcome, tells }) => {
    upstreams.set("ledger", behaviour);
    expect(await call("ledger")).toBe(outcome);
    expect(await call("other")).toBe("ok");
    expect(await health("ledger")).toBe(tells);
    expect(await health("other")).toBe(200);
  });

  it("can fail for one instance only", async () => {
    upstreams.set("ledger", broken, "shop-2");
    expect(await call("ledger", { from: "shop-1" })).toBe("ok");
    expect(await call("ledger", { from: "shop-2" })).toBe("upstream answered 503");
    expect(await health("ledger")).toBe(503);
  });

  it("set for all, is set for the instance that had its own", async () => {
    upstreams.set("ledger", broken, "shop-2");
    upstreams.set("ledger", { kind: "ok" });
    expect(await call("ledger", { from: "shop-2" })).toBe("ok");
    expect(await health("ledger")).toBe(200);
  });

  it("works again once healed", async () => {
    upstreams.set("ledger", broken);
    upstreams.set("rates", broken, "shop-1");
    upstreams.heal();
    expect([await call("ledger"), await call("rates")]).toEqual(["ok", "ok"]);
  });

  it("keeps its pattern for each caller", async () => {
    upstreams.set("ledger", { kind: "flaky", oks: 2, fails: 1, broken });
    const seen: string[] = [];
    for (let turn = 0; turn < 6; turn++) seen.push(await call("ledger"));
    expect(seen.map((outcome) => (outcome === "ok" ? "." : "x")).join("")).toBe("..x..x");
    expect(await call("ledger", { from: "shop-2" })).toBe("ok");
  });

  it("of a name with a slash is one upstream", async () => {
    upstreams.set("a/b c", broken);
    expect(await call("a/b c")).toBe("upstream answered 503");
    expect(await health("a/b c")).toBe(503);
  });
});

describe("a caller", () => {
  it("takes a 5xx for an answer where those do not count", async () => {
    upstreams.set("ledger", broken);
    expect(await call("ledger", { failsOn5xx: false })).toBe("ok");
  });

  it("does not wait longer than it may", async () => {
    upstreams.set("ledger", { kind: "slow", ms: 60_000 });
    expect(await call("ledger", { timeoutMs: 30 })).toBe("no answer in 30 ms");
  });

  it("tries again, tells it, and finds the same", async () => {
    upstreams.set("ledger", { kind: "flaky", oks: 1, fails: 1, broken: { kind: "drop" } });
    expect(await call("ledger", { retries: 2 })).toBe("ok");
    expect(await call("ledger", { retries: 2 })).toBe("socket hang up");
    expect(retries).toBe(2);
    expect(await call("ledger", { retries: 2 })).toBe("ok");
  });
});
