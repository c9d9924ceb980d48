import { describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { jsonOf } from "../support/fake-host.ts";
import { at, keyBreaker, keyBreakers } from "./fleet-server.ts";
import { oneInstance, RESET_K1, run } from "./one-instance.ts";

describe("reset", () => {
  test("with consent is sent once, read back and told", async () => {
    const ran = await run(["reset", "k1", ...at("a"), "--yes", "--reason", "upstream is back", "-o", "json"]);
    expect(ran).toMatchObject({ code: 0, writes: [RESET_K1], stderr: "" });
    const answer = jsonOf<{ journalId: string }>(ran);
    expect(answer).toMatchObject({
      kind: "ChangeResult",
      action: "reset",
      applied: 1,
      total: 1,
      results: [
        {
          key: "k1",
          instance: "a",
          outcome: "applied",
          before: { state: "open" },
          after: { state: "closed" },
        },
      ],
    });
    const [request] = ran.requests.filter(({ method }) => method === "POST");
    expect(request?.headers).toMatchObject({
      "X-Request-ID": answer.journalId,
      "User-Agent": "cbctl/0.0.0-source",
    });
    expect(ran.files.get("/state/log.jsonl")).toContain("upstream is back");
  });

  test("as a table, and as names", async () => {
    expect((await run(["reset", "k1", ...at("a"), "--yes"])).stdout).toMatch(
      /applied.*deepseek\/k1[\s\S]*applied 1\/1/,
    );
    expect((await run(["reset", "k1", ...at("a"), "--yes", "-o", "name"])).stdout).toBe("deepseek/k1\n");
  });

  test("--dry-run needs no consent and sends nothing; -v shows it as curl", async () => {
    const ran = await run(["reset", "--all", ...at("a"), "--dry-run", "-o", "json"]);
    expect(ran).toMatchObject({ code: 0, writes: [], questions: [] });
    expect(jsonOf(ran)).toMatchObject({
      dryRun: true,
      journalId: null,
      requests: ["curl -sS -X POST 'http://a/api/v1/circuit-breaker/reset'"],
    });
    expect(ran.files.has("/state/log.jsonl")).toBe(false);
  });

  test.each([
    ["nobody consents", ["reset", "k1", ...at("a")], "no-consent", /no one consented/],
    [
      "more than half is taken, and nobody says how many",
      ["reset", "--all", ...at("a"), "--yes"],
      "guard",
      /nothing was changed/,
    ],
    ["--max is less", ["reset", "--all", ...at("a"), "--yes", "--max", "2"], "guard", /nothing was changed/],
    ["--force is no consent", ["reset", "k1", ...at("a"), "--force"], "no-consent", /no one consented/],
  ])("is refused with 4 when %s", async (_, argv, code, message) => {
    const ran = await run([...argv, "-o", "json"]);
    expect(ran).toMatchObject({ code: 4, writes: [] });
    expect(jsonOf(ran)).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
    expect(ran.files.has("/state/log.jsonl")).toBe(false);
  });

  test("passes the question of how many with --max", async () => {
    expect(await run(["reset", "--all", ...at("a"), "--yes", "--max", "3"])).toMatchObject({
      code: 0,
      writes: ["POST http://a/api/v1/circuit-breaker/reset"],
    });
  });

  test.each([
    ["nothing is named", ["reset", ...at("a")], 2, "usage"],
    ["a key and --all", ["reset", "k1", "--all", ...at("a")], 2, "usage"],
    ["an unknown key", ["reset", "k9", ...at("a"), "--yes"], 2, "unknown-name"],
    ["nothing answers", ["reset", "k1", ...at("dead"), "--yes"], 9, "unreachable"],
    ["a hold that is none", ["reset", "k1", ...at("a"), "--yes", "--hold", "long"], 2, "usage"],
    ["a count that is none", ["reset", "--all", ...at("a"), "--yes", "--max", "many"], 2, "usage"],
    ["an unknown option", ["reset", "k1", "--forse"], 2, "usage"],
  ])("sends nothing when %s", async (_, argv, code, word) => {
    const ran = await run([...argv, "-o", "json"]);
    expect(ran).toMatchObject({ code, writes: [] });
    expect(jsonOf(ran)).toMatchObject({ error: { exitCode: code, code: word } });
  });

  test("applied at one of two instances ends with 8", async () => {
    const serve = keyBreakers({ a: [keyBreaker("k1", "open")], b: null });
    const ran = await run(["reset", "k1", ...at("a", "b"), "--yes", "-o", "json"], { serve });
    expect(ran.code).toBe(8);
    expect(jsonOf(ran)).toMatchObject({
      applied: 1,
      total: 2,
      results: [{ outcome: "applied" }, { instance: "b", outcome: "failed" }],
    });
  });
});

describe("at a terminal", () => {
  test.each([
    ["yes", [true], 0, [RESET_K1]],
    ["no", [false], 4, []],
    ["the end of input", [], 130, []],
  ])("it asks; on %s it ends with the right code", async (_, answers, code, writes) => {
    const ran = await run(["reset", "k1", ...at("a")], { answers });
    expect(ran).toMatchObject({ code, writes, questions: ["Do it?"] });
    expect(ran.stderr).toContain("deepseek/k1");
  });

  test.each([
    ["the number", ["3", true], 0, 1],
    ["another number", ["2", true], 4, 0],
    ["nothing", ["", true], 4, 0],
  ])("a large change wants its number typed: %s", async (_, answers, code, writes) => {
    const ran = await run(["reset", "--all", ...at("a")], { answers });
    expect(ran.code).toBe(code);
    expect(ran.writes).toHaveLength(writes);
  });

  test("--yes consents, and answers no question that must be typed", async () => {
    expect((await run(["reset", "k1", ...at("a"), "--yes"], { answers: [] })).questions).toEqual([]);
    expect(await run(["reset", "--all", ...at("a"), "--yes"], { answers: ["3"] })).toMatchObject({
      code: 0,
      questions: [expect.stringContaining("Type the number")],
      stderr: expect.stringContaining("3 of 3"),
    });
  });

  test("--no-input never asks", async () => {
    expect(await run(["reset", "k1", ...at("a"), "--no-input"], { answers: [true] })).toMatchObject({
      code: 4,
      questions: [],
      writes: [],
    });
  });
});

describe("Ctrl-C", () => {
  test.each([
    ["while it reads, with nothing to send: it is done all the same", "k2", "GET", 0, 0],
    ["while it sends: something was sent", "k1", "POST", 8, 1],
  ])("%s", async (_, key, method, code, writes) => {
    const interrupted = new AbortController();
    const serve = oneInstance();
    const ran = await run(["reset", key, ...at("a"), "--yes", "-o", "json"], {
      signal: interrupted.signal,
      serve: (request) => {
        if (request.method === method) interrupted.abort(new CbctlError("interrupted", "interrupted"));
        return serve(request);
      },
    });
    expect(ran.code).toBe(code);
    expect(ran.writes).toHaveLength(writes);
    expect(jsonOf(ran)).toMatchObject({ applied: 1, total: 1 });
  });

  test("before it asks anyone ends with 130", async () => {
    const interrupted = new AbortController();
    const serve = () => {
      interrupted.abort(new CbctlError("interrupted", "interrupted"));
      throw interrupted.signal.reason;
    };
    const ran = await run(["reset", "k1", ...at("a"), "--yes"], { signal: interrupted.signal, serve });
    expect(ran).toMatchObject({ code: 130, writes: [] });
  });
});
