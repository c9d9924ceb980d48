import { describe, expect, test } from "vitest";
import type { BreakerDescription, BreakerList } from "../../src/domain/answers.ts";
import { adminServer, keyBreaker } from "../support/admin-server.ts";
import { cbctl, json } from "../support/cbctl.ts";
import { expectCannotTell, golden, list, of, serve, statesOf } from "../support/golden-answers.ts";
import { at, listing } from "../support/key-breakers.ts";

describe("trap 1: the same state is spelt in many ways, and a number means another one in each system", () => {
  test.each([
    ["closed", "closed"],
    ["CLOSED", "closed"],
    ["Closed", "closed"],
    ["OPEN", "open"],
    ["half_open", "half_open"],
    ["HALF_OPEN", "half_open"],
    ["half-open", "half_open"],
    ["Half-Open", "half_open"],
    ["UNKNOWN", "unknown"],
    ["unknown", "unknown"],
    [1, "unknown"],
    [0.5, "unknown"],
    [-1, "unknown"],
  ])("%j is %s", async (spelt, state) => {
    const odd = { ...keyBreaker("odd", ""), state: spelt };
    const { breakers } = await list(at(await listing([odd, keyBreaker("well", "closed")])));
    expect(breakers.find(({ key }) => key === "odd")).toMatchObject({ state, nativeState: String(spelt) });
  });
});

describe("trap 2: breakers come as a list, as a map, nested, and twice", () => {
  test("a bare list", async () => {
    expect((await list(at(await listing([keyBreaker("k1", "open")])))).summary.total).toBe(1);
  });

  test.each([
    ["gateway-list-documented", ["recommendation-service"]],
    ["gateway-list-real", ["search-service", "recommendation-service"]],
  ])("a map, with the extra fields or without: %s, each service once", async (name, keys) => {
    const { breakers } = await list(of("gateway", await serve(golden(name).body)));
    expect(breakers.map(({ key }) => key)).toEqual(keys);
    expect(breakers.every(({ instances }) => instances.total === 1)).toBe(true);
  });

  test("lists in a list", async () => {
    const { breakers } = await list(of("acme", await serve(golden("acme-list").body)));
    expect(breakers).toMatchObject([{ group: "payments", key: "card-auth", state: "closed" }]);
  });
});

describe("trap 3: right after its start a system knows no breakers, which is not that all are closed", () => {
  test.each([
    ["key-breakers", []],
    ["gateway", { circuit_breakers: {}, proxy_circuits: {} }],
    ["acme", { ok: true, data: { services: [] } }],
  ])("%s", async (system, body) => {
    const where = of(system, await serve(body));
    const ran = await cbctl(["status", "-o", "json", ...where]);
    expect(ran.code).toBe(0);
    expect(json<BreakerList>(ran).summary).toMatchObject({ total: 0, closed: 0 });
    expect((await cbctl(["status", "--fail-on", "any-open", ...where])).code).toBe(9);
    expect((await cbctl(["describe", "search-service", ...where])).stderr).toContain(
      "no breakers are registered",
    );
  });
});

describe("trap 4: an error comes with 200, and what looks like an answer with 503", () => {
  test("an error inside a 200 is no list", async () => {
    const ran = await cbctl(["status", ...of("acme", await serve(golden("acme-error").body))]);
    expectCannotTell(ran, /X-Api-Key is missing or wrong/);
  });

  test("an error that the document does not know is no list either", async () => {
    const body = { ok: false, error: { code: "on_fire", text: "the cellar burns" } };
    expectCannotTell(await cbctl(["status", ...of("acme", await serve(body))]), /the cellar burns/);
  });

  test("a list with 503 is none, whatever it says", async () => {
    const server = await serve(golden("gateway-list-real").body, 503);
    expectCannotTell(await cbctl(["status", ...of("gateway", server)]), /answered 503/);
  });
});

describe("trap 5: a 404 may mean no route or no breaker", () => {
  test("of the list it means no route, and the hint is the URL", async () => {
    const ran = await cbctl(["status", ...at(await serve({ detail: "Not Found" }, 404))]);
    expectCannotTell(ran, /answered 404: Not Found[\s\S]*check the URL/);
  });

  test("with a detail that is a text, an object or a list it is quoted", async () => {
    const quoted = async (detail: unknown) =>
      (await cbctl(["status", ...at(await serve({ detail }, 422))])).stderr;
    expect(await quoted("as text")).toContain("as text");
    expect(await quoted({ message: "as object" })).toContain("as object");
    expect(await quoted([{ loc: ["body"], msg: "as list" }])).toContain("as list");
  });
});

describe("trap 6: 405 and 501 mean that there is no such thing, and are not tried again", () => {
  test.each([405, 501])("%i", async (status) => {
    const server = await serve({ detail: "Method Not Allowed" }, status);
    expectCannotTell(await cbctl(["status", ...at(server)]), `answered ${status}`);
    expect(server.requests).toHaveLength(1);
  });
});

describe("trap 7: the gateway resets what it does not know with 200", () => {
  test("an unknown service is never sent, nor called a success", async () => {
    const server = await serve(golden("gateway-list-real").body);
    const ran = await cbctl(["reset", "serch-service", "--yes", "--hold", "0s", ...of("gateway", server)]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("search-service");
    expect(server.writes()).toEqual([]);
  });

  test("a reset that is answered with 200 and does nothing is unverified", async () => {
    const server = await serve(golden("gateway-list-real").body);
    const ran = await cbctl([
      "reset",
      "search-service",
      "--yes",
      "--hold",
      "0s",
      "-o",
      "json",
      ...of("gateway", server),
    ]);
    expect(ran.code).toBe(8);
    expect(json(ran)).toMatchObject({ applied: 0, results: [{ outcome: "unverified" }] });
  });
});

describe("trap 8: errors come as pages and as plain text, whatever the content type says", () => {
  test.each([401, 403, 404, 429, 500])("%i with a page", async (status) => {
    const server = await adminServer(
      (_, response) =>
        void response
          .writeHead(status, { "Content-Type": "application/json" })
          .end("<html><title>Bad\ntimes</title><script>x</script></html>"),
    );
    expectCannotTell(await cbctl(["status", ...at(server)]), `answered ${status}: Bad times`);
  });

  test("a good answer that is called text is read all the same", async () => {
    const server = await adminServer(
      (_, response) =>
        void response
          .writeHead(200, { "Content-Type": "text/plain" })
          .end(JSON.stringify([keyBreaker("k1", "open")])),
    );
    expect(statesOf(await list(at(server)))).toEqual(["open"]);
  });
});

describe("trap 9: times come in many forms", () => {
  test("the gateway's seconds with a fraction", async () => {
    const where = of("gateway", await serve(golden("gateway-list-real").body));
    const told = json<BreakerDescription>(
      await cbctl(["describe", "search-service", "-o", "json", ...where]),
    );
    expect(told.instances[0]).toMatchObject({ lastFailureAt: "2026-11-21T03:23:24.969Z" });
    const never = json<BreakerDescription>(
      await cbctl(["describe", "recommendation-service", "-o", "json", ...where]),
    );
    expect(never.instances[0]).toMatchObject({ lastFailureAt: null });
  });

  test.each([
    ["2026-11-21T03:21:27Z", "2026-11-21T03:21:27.000Z"],
    ["2026-11-21T03:21:27.373397+00:00", "2026-11-21T03:21:27.373Z"],
    ["2026-11-21T03:21:27.969257", "2026-11-21T03:21:27.969Z"],
    ["2026-11-21T04:21:27+01:00", "2026-11-21T03:21:27.000Z"],
    ["yesterday", null],
    ["", null],
  ])("acme's %j", async (changed, since) => {
    const { data } = golden("acme-list").body as {
      data: { services: { breakers: { changed: string }[] }[] };
    };
    for (const { breakers } of data.services) for (const breaker of breakers) breaker.changed = changed;
    expect((await list(of("acme", await serve({ ok: true, data })))).breakers[0]?.since).toBe(since);
  });
});
