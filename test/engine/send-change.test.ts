import { describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { exitCodeOf } from "../../src/engine/conclude-change.ts";
import { change, outcomes } from "./change-request.ts";
import { fakeContext } from "./fake-context.ts";
import { breaker, carryOut, FAKE_SYSTEM, fakeFleet } from "./fake-fleet.ts";

const lost = () => new CbctlError("timed-out", "no complete answer within 10 s");
const refused = () =>
  new CbctlError("unreachable", "cannot reach http://b", { reason: "connection refused" });

describe("what becomes of a request", () => {
  test.each([
    ["answered, and it holds", () => undefined, "applied", null, 0],
    [
      "answered, and nothing happened",
      () => ({}),
      "unverified",
      /^read back unchanged: still open after 3s$/,
      8,
    ],
    [
      "an error, and nothing happened",
      () => ({ status: 500, value: { detail: "boom" } }),
      "failed",
      /^answered 500: boom$/,
      8,
    ],
    [
      "an error, and yet it happened",
      (sent, breakers) => ({ ...carryOut(sent, breakers), status: 500, value: { detail: "boom" } }),
      "applied",
      /^answered 500: boom, but reading back shows the change$/,
      0,
    ],
    ["unauthorized", () => ({ status: 401, value: {} }), "failed", /^answered 401: check the credentials/, 8],
    [
      "too fast",
      () => ({ status: 429, value: {}, headers: { "retry-after": "5" } }),
      "failed",
      /try again after 5 s$/,
      8,
    ],
    ["no such operation", () => ({ status: 405, value: {} }), "unsupported", /^answered 405$/, 4],
    [
      "no answer, and nothing happened",
      () => {
        throw lost();
      },
      "unknown",
      /^no answer: no complete answer within 10 s; read back unchanged: still open/,
      8,
    ],
    [
      "no connection: whether it arrived is not known",
      () => {
        throw refused();
      },
      "unknown",
      /^no answer: cannot reach http:\/\/b: connection refused; read back/,
      8,
    ],
    [
      "no answer, and yet it happened",
      (sent, breakers) => {
        carryOut(sent, breakers);
        throw lost();
      },
      "applied",
      /^no answer: .*, but reading back shows the change$/,
      0,
    ],
  ] as [string, Parameters<typeof reaction>[0], string, RegExp | null, number][])(
    "%s",
    async (_, react, outcome, message, code) => {
      const fleet = fakeFleet({ a: [breaker("k1", "open")] });
      fleet.react = reaction(react);
      const { context, entries } = fakeContext(fleet);
      const result = await change(context, "reset", { keys: ["k1"] });
      expect(result.results).toMatchObject([
        { outcome, message: message === null ? null : expect.stringMatching(message) },
      ]);
      expect(exitCodeOf(result)).toBe(code);
      expect(fleet.writes).toHaveLength(1);
      expect((await entries())[0]?.result?.results[0]?.outcome).toBe(outcome);
    },
  );

  test("instances stand side by side: one that fails leaves the others", async () => {
    const fleet = fakeFleet({
      a: [breaker("k1", "open")],
      b: [breaker("k1", "open")],
      c: [breaker("k1", "open")],
    });
    fleet.react = ({ instance }) => (instance === "b" ? { status: 500, value: {} } : undefined);
    const result = await change(fakeContext(fleet).context, "reset", { keys: ["k1"] });
    expect(outcomes(result)).toEqual(["k1@a applied", "k1@b failed", "k1@c applied"]);
    expect(result).toMatchObject({ applied: 2, total: 3 });
    expect(exitCodeOf(result)).toBe(8);
  });

  test("an instance that could not be read before is asked nothing and reported", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open")], b: [breaker("k1", "open")] });
    fleet.reading = (instance) => {
      if (instance === "b") throw refused();
      return undefined;
    };
    const result = await change(fakeContext(fleet).context, "reset", { keys: ["k1"] });
    expect(fleet.writes.map(({ instance }) => instance)).toEqual(["a"]);
    expect(result.results[1]).toMatchObject({
      outcome: "failed",
      message: "nothing was sent: cannot reach http://b: connection refused",
    });
    expect(exitCodeOf(result)).toBe(8);
  });

  test("nothing to send, and one instance not read: cannot tell", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "closed")], b: [] });
    fleet.reading = (instance) => {
      if (instance === "b") throw refused();
      return undefined;
    };
    expect(exitCodeOf(await change(fakeContext(fleet).context, "reset"))).toBe(9);
    fleet.byInstance["a"]?.push(breaker("k2", "forced_open"));
    expect(exitCodeOf(await change(fakeContext(fleet).context, "reset"))).toBe(4);
  });

  test("of two calls the second is not sent when the first fails; when the second is unknown there, the first was sent", async () => {
    const patch = {
      breaker: {
        calls: [{ http: "PATCH /breakers/${key}" }, { http: "POST /breakers/${key}/apply", body: {} }],
      },
    };
    const statuses: Record<string, number> = {};
    const fleet = fakeFleet({ a: [breaker("k1", "open")] });
    fleet.react = ({ method }) => ({ status: statuses[method] ?? 200, value: {} });
    const { context } = fakeContext(fleet, { system: { ...FAKE_SYSTEM, change: { patch } } });
    statuses["PATCH"] = 500;
    expect(outcomes(await change(context, "patch", { set: ["failureThreshold=7"] }))).toEqual([
      "k1@a failed",
    ]);
    expect(fleet.writes.map(({ method }) => method)).toEqual(["PATCH"]);
    statuses["PATCH"] = 200;
    statuses["POST"] = 405;
    expect(outcomes(await change(context, "patch", { set: ["failureThreshold=7"] }))).toEqual([
      "k1@a failed",
    ]);
  });
});

function reaction(react: (...args: Parameters<ReturnType<typeof fakeFleet>["react"]>) => object | undefined) {
  return react as ReturnType<typeof fakeFleet>["react"];
}
