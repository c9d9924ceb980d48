import { describe, expect, test } from "vitest";
import type { BreakerList } from "../../src/domain/answers.ts";
import { adminServer, keyBreaker, type Respond, sendJson } from "../support/admin-server.ts";
import { cbctl, json, type Ran } from "../support/cbctl.ts";
import { refusedUrl, serveRaw } from "../support/http-servers.ts";
import { at, listing } from "../support/key-breakers.ts";
import { watchMemory } from "../support/memory.ts";

const TIMEOUT_MS = 1_000;
/** What the start of a process may take on a busy machine. */
const START_MS = 6_000;

const all = ({ stdout, stderr }: Ran) => stdout + stderr;

async function timed(argv: readonly string[]): Promise<Ran & { readonly ms: number }> {
  const began = Date.now();
  const ran = await cbctl([...argv, "--timeout", "1s"]);
  return { ...ran, ms: Date.now() - began };
}

/** Found nothing out, in time, and invented nothing. */
function expectCannotTell(ran: Ran & { readonly ms: number }): void {
  expect(ran.code).toBe(9);
  expect(ran.ms).toBeLessThan(TIMEOUT_MS + START_MS);
  expect(all(ran)).not.toMatch(/\bclosed\b/);
  expect(ran.stderr).toMatch(/^cbctl: .+\n/);
  expect(ran.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
}

const send =
  (status: number, headers: Readonly<Record<string, string>>, body: string): Respond =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
const page = "<html><head><title>Sign in</title></head><body>all closed</body></html>";
const html = { "Content-Type": "text/html" };
const plain = { "Content-Type": "text/plain" };
const asJson = { "Content-Type": "application/json" };
const good = JSON.stringify([keyBreaker("k1", "closed")]);

const dripping: Respond = (_, response) => {
  response.writeHead(200, asJson).write("[");
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};
const cutShort: Respond = (_, response) => {
  response.writeHead(200, { ...asJson, "Content-Length": String(good.length) });
  response.write(good.slice(0, -5), () => response.destroy());
};
const cutChunks: Respond = (_, response) => {
  response.writeHead(200, asJson);
  response.write(good, () => response.destroy());
};
const looping: Respond = (_, response) => void response.writeHead(302, { Location: "/again" }).end();

describe("status of a server that cannot be understood is 9 in time", () => {
  test.each<[string, Respond]>([
    ["hangs before its answer", () => undefined],
    ["hangs in its answer", (_, response) => void response.writeHead(200, asJson).write("[")],
    ["drips without end", dripping],
    ["is cut short", cutShort],
    ["is cut short after what looks complete", cutChunks],
    ["gives a page with 200", send(200, html, page)],
    ["gives a page with 200 and calls it JSON", send(200, asJson, page)],
    ["gives a page with 404", send(404, html, page)],
    ["gives a page with 500", send(500, html, page)],
    ["gives nothing with 200", send(200, asJson, "")],
    ["gives nothing with 204", send(204, {}, "")],
    ["gives breakers with 500", send(500, asJson, good)],
    ["gives breakers with 404", send(404, asJson, good)],
    ["wants a login", send(401, asJson, '{"detail":"Not authenticated"}')],
    ["forbids", send(403, plain, "no")],
    ["limits requests", send(429, { ...asJson, "Retry-After": "60" }, '{"detail":"slow down"}')],
    ["redirects in a circle", looping],
    ["redirects to nowhere", send(302, { Location: "http://" }, "")],
    ["redirects to a file", send(302, { Location: "file:///etc/passwd" }, "")],
    ["compresses what was not asked for", send(200, { ...asJson, "Content-Encoding": "gzip" }, good)],
    ["has a header without end", send(200, { ...asJson, "X-Long": "x".repeat(100_000) }, good)],
    ["says NaN", send(200, asJson, good.replace('"failure_count":0', '"failure_count":NaN'))],
    ["leaves a comma", send(200, asJson, good.replace("]", ",]"))],
    ["says it twice", send(200, asJson, good + good)],
    ["nests without end", send(200, asJson, `${"[".repeat(200_000)}"\\u0007"${"]".repeat(200_000)}`)],
  ])("%s", async (_, respond) => {
    const server = await adminServer(respond);
    expectCannotTell(await timed(["status", ...at(server)]));
    expect(server.requests.length).toBeLessThanOrEqual(6);
  });

  test("nobody listens", async () => {
    const ran = await timed(["status", ...at({ url: await refusedUrl() })]);
    expectCannotTell(ran);
    expect(ran.stderr).toContain("connection refused");
  });

  test("it does not speak HTTP", async () => {
    const server = await serveRaw((socket) => void socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    expectCannotTell(await timed(["status", ...at(server)]));
    await server.close();
  });

  test("it hangs up at once", async () => {
    const server = await serveRaw((socket) => void socket.destroy());
    expectCannotTell(await timed(["status", ...at(server)]));
    await server.close();
  });

  test("as JSON the failure is the one document", async () => {
    const server = await adminServer(send(200, html, page));
    const ran = await timed(["status", "-o", "json", ...at(server)]);
    expect(ran.code).toBe(9);
    expect(json(ran)).toMatchObject({
      error: { exitCode: 9, code: "not-understood", where: new URL(server.url).host },
    });
  });

  test("describe and --fail-on cannot tell either", async () => {
    const server = await adminServer(send(200, html, page));
    expectCannotTell(await timed(["describe", "k1", ...at(server)]));
    expectCannotTell(await timed(["status", "--fail-on", "any-open", ...at(server)]));
  });
});

test("a body of 50 MB is cut off: 9, in bounded memory", async () => {
  const piece = JSON.stringify(keyBreaker("k", "closed")).padEnd(1_000_000, " ");
  const server = await adminServer((_, response) => {
    response.writeHead(200, asJson).write("[");
    let left = 50;
    const more = () => {
      while (left > 0 && !response.destroyed) {
        left -= 1;
        if (!response.write(`${piece},`)) return void response.once("drain", more);
      }
      response.end(`${piece}]`);
    };
    more();
  });
  const memory = watchMemory();
  const ran = await cbctl(["status", ...at(server)], { onStart: memory.onStart });
  expect([ran.code, ran.stdout]).toEqual([9, ""]);
  expect(ran.stderr).toContain("longer than 16 MiB");
  expect(memory.mostMiB()).toBeGreaterThan(10);
  expect(memory.mostMiB()).toBeLessThan(200);
});

describe("an answer of another shape", () => {
  test.each([
    ["null", null],
    ["a text", "closed"],
    ["a number", 42],
    ["an object", { detail: "closed" }],
    ["an object of nothing", {}],
    ["another container", { breakers: [keyBreaker("k1", "closed")] }],
    ["numbers", [1, 2, 3]],
    ["nulls", [null]],
    ["lists", [[keyBreaker("k1", "closed")]]],
    ["no keys", [{ state: "closed" }]],
    ["keys that are none", [{ ...keyBreaker("k1", "closed"), key_id: { closed: true } }]],
    ["empty keys", [keyBreaker("", "closed")]],
    ["no states", [{ key_id: "k1" }]],
    ["states that are none", [{ ...keyBreaker("k1", ""), state: ["closed"] }]],
    ["states of another language", [keyBreaker("k1", "geschlossen")]],
  ])("%s is 9", async (_, value) => {
    const ran = await cbctl(["status", "-o", "json", ...at(await listing(value))]);
    expect(ran.code).toBe(9);
    expect(json(ran)).toMatchObject({ error: { code: "not-understood" } });
  });

  test("values of another type are not told, and never guessed", async () => {
    const strange = {
      ...keyBreaker("k1", "open"),
      provider: null,
      failure_count: "five",
      success_count: -1,
      config: { failure_threshold: "five", success_threshold: [2], timeout: null },
    };
    const ran = await cbctl(["status", "-o", "json", ...at(await listing([strange]))]);
    expect(ran.code).toBe(0);
    expect(json<BreakerList>(ran).breakers).toMatchObject([
      {
        key: "k1",
        group: null,
        counts: { failures: null, successes: null },
        thresholds: { failureThreshold: null, successThreshold: null, openDurationMs: null },
      },
    ]);
  });

  test("a number too large for a number is not told", async () => {
    const server = await adminServer(
      send(200, asJson, good.replace('"failure_count":0', '"failure_count":1e999')),
    );
    const ran = await cbctl(["status", "-o", "json", ...at(server)]);
    expect(json<BreakerList>(ran).breakers[0]?.counts.failures).toBeNull();
  });

  test("a state that is none, beside others, is unknown and shown before what is well", async () => {
    const items = [keyBreaker("well", "closed"), { ...keyBreaker("odd", ""), state: 7 }];
    const server = await listing(items);
    const ran = await cbctl(["status", "-o", "json", ...at(server)]);
    expect(json<BreakerList>(ran).breakers.map(({ key, state }) => [key, state])).toEqual([
      ["odd", "unknown"],
      ["well", "closed"],
    ]);
    expect((await cbctl(["status", "--fail-on", "any-open", ...at(server)])).code).toBe(9);
    expect((await cbctl(["status", "--fail-on", "unknown", ...at(server)])).code).toBe(3);
  });

  test("keys that mean something in JavaScript are keys like others", async () => {
    const names = ["__proto__", "constructor", "toString"];
    const text = JSON.stringify(names.map((name) => keyBreaker(name, "open", {}, name)));
    const server = await adminServer(send(200, asJson, text));
    const ran = await cbctl(["status", "-o", "name", ...at(server)]);
    expect(ran.stdout.trim().split("\n").sort()).toEqual(names.map((name) => `${name}/${name}`).sort());
  });
});

describe("a redirect to another origin", () => {
  test("carries no bearer token", async () => {
    const other = await listing([keyBreaker("k1", "closed")]);
    const first = await adminServer(
      (request, response) => void response.writeHead(307, { Location: `${other.url}${request.path}` }).end(),
    );
    const ran = await cbctl(["status", "-o", "json", ...at(first)], { env: { CBCTL_TOKEN: "canary-4711" } });
    expect(first.requests[0]?.headers.authorization).toBe("Bearer canary-4711");
    expect(other.requests).toHaveLength(1);
    expect(JSON.stringify(other.requests)).not.toContain("canary");
    expect(ran.code).toBe(0);
  });

  test("and back again carries none either", async () => {
    const other = await adminServer(
      (_, response) => void response.writeHead(302, { Location: `${first.url}/end` }).end(),
    );
    const first = await adminServer((request, response) => {
      if (request.path === "/end") sendJson(response, [keyBreaker("k1", "closed")]);
      else response.writeHead(302, { Location: other.url }).end();
    });
    await cbctl(["status", ...at(first)], { env: { CBCTL_TOKEN: "canary-4711" } });
    expect(first.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer canary-4711",
      undefined,
    ]);
  });
});
