import { describe, expect, test } from "vitest";
import { adminServer, keyBreaker, type Respond, sendJson } from "../support/admin-server.ts";
import { cbctl, type Ran, temporaryFolder } from "../support/cbctl.ts";
import { at, listing } from "../support/key-breakers.ts";
import { inTerminal } from "../support/terminal.ts";

const FORMATS = ["table", "wide", "json", "yaml", "name", "csv", "junit", "github"];
const good = JSON.stringify([keyBreaker("k1", "closed")]);
const html = { "Content-Type": "text/html" };
const plain = { "Content-Type": "text/plain" };
const asJson = { "Content-Type": "application/json" };

const all = ({ stdout, stderr }: Ran) => stdout + stderr;

const send =
  (status: number, headers: Readonly<Record<string, string>>, body: string): Respond =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

describe("a server that echoes the token", () => {
  const token = "canary-4711-tropical";
  const bodies: readonly [string, Respond][] = [
    ["in an error", (_, response) => sendJson(response, { detail: `bad token ${token}` }, 401)],
    ["in a page", send(500, html, `<title>${token}</title>`)],
    [
      "where its words are cut",
      (_, response) => sendJson(response, { detail: "x".repeat(190) + token }, 500),
    ],
    ["in a header", send(429, { ...plain, "Retry-After": token }, "slow")],
    ["as base64", send(500, plain, `got ${btoa(token)}`)],
    ["in a redirect", (_, response) => void response.writeHead(302, { Location: `/?t=${token}` }).end()],
    ["as a key", (_, response) => sendJson(response, [keyBreaker(token, "open", {}, `g-${token}`)])],
    ["as a state", (_, response) => sendJson(response, [keyBreaker("k", "open"), keyBreaker("l", token)])],
  ];

  test.each(bodies)("%s: it is shown nowhere", async (_, respond) => {
    const server = await adminServer(respond);
    for (const format of FORMATS) {
      const argv = ["status", "-v", "--fail-on", "not-closed", "-o", format, ...at(server)];
      const ran = await cbctl(argv, { env: { CBCTL_TOKEN: token } });
      expect(server.requests.at(-1)?.headers.authorization).toContain(token);
      expect(all(ran)).not.toContain("canary");
      expect(all(ran)).not.toContain(btoa(token).slice(4, 16));
    }
  });

  test("on a narrow screen it is not cut into what the redactor would not know", async () => {
    const server = await listing([keyBreaker(`${"k".repeat(40)}${token}`, "open", {}, "g".repeat(20))]);
    const session = inTerminal(["status", ...at(server)], {
      folder: temporaryFolder(),
      columns: 80,
      env: { CBCTL_TOKEN: token },
    });
    expect(await session.ended()).toBe(0);
    expect(session.plain()).toContain("kkk");
    expect(session.plain()).not.toContain("cana");
  });
});

describe("characters that move the cursor, turn text around or cannot be seen", () => {
  const nasty =
    "a\u001b[31mred\u001b]0;title\u0007\u0000\u0008\r\nnew\u009b2J\u202eevil\u2066\u200b\u200e\ufeff\u2028z";
  /** All but the line feeds of our own. */
  const harmful =
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
  const items = [
    keyBreaker(nasty, "open", {}, nasty),
    keyBreaker("k", "half_open", {}, nasty),
    keyBreaker("odd", nasty),
  ];

  test.each(FORMATS)("in keys, groups and states, as %s", async (format) => {
    const server = await listing(items);
    for (const more of [[], ["--by", "instance"], ["--by", "group"]]) {
      const argv = ["status", "--fail-on", "majority-open,half-open", "-o", format, ...more, ...at(server)];
      const ran = await cbctl(argv);
      expect(ran.code).toBe(3);
      if (!more.includes("instance") && format !== "github") expect(ran.stdout).toContain("evil");
      expect(all(ran)).not.toMatch(harmful);
      expect(all(ran)).not.toMatch(/\\u(001b|009b|202e|200b)/i);
    }
  });

  test.each(["table", "json", "yaml"])("in describe, as %s", async (format) => {
    const ran = await cbctl(["describe", "*evil*/a*", "-o", format, ...at(await listing(items))]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("evil");
    expect(all(ran)).not.toMatch(harmful);
  });

  test("at a terminal", async () => {
    const session = inTerminal(["status", ...at(await listing(items))], {
      folder: temporaryFolder(),
      env: { NO_COLOR: "1" },
    });
    expect(await session.ended()).toBe(0);
    expect(session.raw()).toContain("evil");
    expect(session.raw().replaceAll("\r\n", "\n")).not.toMatch(harmful);
  });

  test.each<[string, Respond]>([
    ["an error's words", (_, response) => sendJson(response, { detail: nasty }, 500)],
    ["a page's title", send(500, html, `<title>${nasty}</title>`)],
    ["plain text", send(500, plain, nasty)],
    ["a header that is quoted", send(429, { ...asJson, "Retry-After": "\u009b31m9" }, "{}")],
    ["the coding of the body", send(200, { ...asJson, "Content-Encoding": "\u009b31mgzip" }, good)],
    [
      "where a redirect leads",
      (_, response) => void response.writeHead(302, { Location: "http://h\u009b31m\u00ad/" }).end(),
    ],
  ])("in %s", async (_, respond) => {
    const server = await adminServer(respond);
    for (const format of ["table", "json"]) {
      const ran = await cbctl(["status", "-v", "-o", format, ...at(server)]);
      expect(ran.code).toBe(9);
      expect(all(ran)).not.toMatch(harmful);
    }
  });

  test("in what is typed", async () => {
    const ran = await cbctl([
      "status",
      "no\u001b[31msuch\u202e",
      ...at(await listing([keyBreaker("k", "open")])),
    ]);
    expect(ran.code).toBe(2);
    expect(all(ran)).not.toMatch(harmful);
  });

  test("a formula in a key is no formula in csv", async () => {
    const ran = await cbctl([
      "status",
      "-o",
      "csv",
      ...at(await listing([keyBreaker("=1+2", "open", {}, "@sum")])),
    ]);
    expect(ran.stdout).toContain(",'@sum,'=1+2,");
  });

  test("markup in a key does not end an element of junit, nor a command of github", async () => {
    const server = await listing([keyBreaker('</testsuite>"&', "open", {}, "g::error::%0A,")]);
    const argv = ["status", "--fail-on", "majority-open", ...at(server), "-o"];
    const { stdout: junit } = await cbctl([...argv, "junit"]);
    expect(junit.match(/<\/testsuite>/g)).toHaveLength(1);
    const { stdout: github } = await cbctl([...argv, "github"]);
    expect(github.trimEnd().split("\n")).toHaveLength(1);
    expect(github).toContain("title=majority-open on g%3A%3Aerror%3A%3A%250A%2C (ad-hoc)::");
  });
});
