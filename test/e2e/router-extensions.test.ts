import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BreakerDescription, BreakerList } from "../../src/domain/answers.ts";
import { cbctl, json } from "../support/cbctl.ts";
import { expectCannotTell, golden, list, of, serve } from "../support/golden-answers.ts";
import { personInSandbox } from "../support/sandbox-person.ts";
import { expectUndeclared } from "../support/undeclared.ts";

const ALL = ["custom_validator", "mask_pii", "normalize_text", "pii_guard"];

describe.each([
  ["documented", null],
  ["real", expect.any(Number)],
])("router-extensions as %s", (behaviour, failures) => {
  const person = (scenario: string, ...more: string[]) =>
    personInSandbox("router-extensions", scenario, "--as", behaviour, ...more);

  test("status and describe: every extension, since when it is open", async () => {
    const someone = await person("one-open");
    const { breakers, summary } = json<BreakerList>(await someone.run("status", "-o", "json"));
    expect(breakers.map(({ key }) => key).sort()).toEqual(ALL);
    expect(summary).toMatchObject({ open: 1, closed: 3 });
    expect(breakers.map(({ state, since }) => (state === "open") === (since !== null))).not.toContain(false);
    const ran = await someone.run("describe", breakers[0]?.key ?? "", "-o", "json");
    expect([ran.code, json<BreakerDescription>(ran).breaker]).toMatchObject([
      0,
      { state: "open", counts: { failures } },
    ]);
  });

  test("each change: 4, with its own way", async () => {
    const someone = await person("healthy");
    await expectUndeclared(someone, "reset", "mask_pii", /restart the router/);
    await expectUndeclared(someone, "trip", "mask_pii", /out of the policies/);
    await expectUndeclared(someone, "release", "mask_pii", /closes by itself/);
    await expectUndeclared(someone, "enable", "mask_pii", /cannot be switched off/);
    await expectUndeclared(someone, "disable", "mask_pii", /out of the policies/);
    await expectUndeclared(someone, "patch", "mask_pii", /where the router reads them/);
  });

  test("trap 4: an error inside a 200 is told in the router's words, and is no empty list", async () => {
    const someone = await person("healthy", "--quirk", "error-in-200");
    expectCannotTell(
      await someone.run("status"),
      "Failed to get circuit breaker states: database_not_available",
    );
    expectCannotTell(await someone.run("status", "--fail-on", "any-open"), "look into its log");
  });

  test("what stands behind the front does not answer: 503, and it says which of the two", async () => {
    const someone = await person("healthy", "--quirk", "backend-down");
    expectCannotTell(await someone.run("status"), /answered 503.*the router or NATS behind it/s);
  });
});

describe("trap 2: an object or an array under states", () => {
  test("an array: no time of opening is 0, which is none", async () => {
    const { breakers } = await list(
      of("router-extensions", await serve(golden("router-extensions-documented").body)),
    );
    expect(breakers).toMatchObject([{ key: "extension_1", state: "closed", since: null }]);
  });

  test("an object", async () => {
    const { breakers } = await list(
      of("router-extensions", await serve(golden("router-extensions-real").body)),
    );
    expect(breakers).toMatchObject([
      { key: "pii_guard", state: "open", since: "2026-11-21T03:21:27.741Z", counts: { failures: 5 } },
    ]);
  });

  test.each([{}, []])("an empty one (%j) is no breakers yet", async (states) => {
    const ran = await cbctl(["status", ...of("router-extensions", await serve({ states }))]);
    expect([ran.code, ran.stdout]).toEqual([0, ""]);
    expect(ran.stderr).toContain("no breakers registered yet");
  });

  test("neither is not understood", async () => {
    const server = await serve({ health: {} });
    expectCannotTell(
      await cbctl(["status", ...of("router-extensions", server)]),
      'nothing is found at "states"',
    );
  });
});

describe("trap 5: a route that is not there", () => {
  test("is told with what to check", async () => {
    const { status, body } = golden("router-route-not-found");
    const ran = await cbctl(["status", ...of("router-extensions", await serve(body, status))]);
    expectCannotTell(ran, /route not found.*to the letter/s);
  });
});

describe("trap 17: a front that knows headers by their case, and one request a connection", () => {
  test("names are sent as they are usually written, the path has no query, and a closed connection is no trouble", async () => {
    const asked: { url: string | undefined; names: string[] }[] = [];
    const server = createServer((request, response) => {
      asked.push({ url: request.url, names: request.rawHeaders.filter((_, at) => at % 2 === 0) });
      response.writeHead(200, { "content-type": "application/json", connection: "close" });
      response.end(JSON.stringify(golden("router-extensions-real").body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const where = ["--system", "router-extensions", "--admin-url", url];
    const env = { CBCTL_TOKEN: "token-of-the-front" };
    expect((await cbctl(["status", ...where], { env })).code).toBe(0);
    expect((await cbctl(["describe", "pii_guard", ...where], { env })).code).toBe(0);
    expect(asked.map((each) => each.url)).toEqual(Array(2).fill("/api/v1/extensions/circuit-breakers"));
    for (const { names } of asked)
      expect(names).toEqual(expect.arrayContaining(["Host", "Accept", "Authorization", "User-Agent"]));
  });
});
