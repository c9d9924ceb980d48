import { describe, expect, test } from "vitest";
import { judgeAnswer, readingOf } from "../../src/dialect/answers.ts";
import type { AnswerRule, Meaning } from "../../src/domain/system.ts";
import { answerOf, systemOf } from "./system-fixture.ts";

describe("without rules HTTP decides", () => {
  test.each([
    [200, "ok"],
    [201, "ok"],
    [204, "ok"],
    [302, "failed"],
    [400, "failed"],
    [401, "unauthorized"],
    [403, "unauthorized"],
    [404, "failed"],
    [405, "unsupported"],
    [409, "failed"],
    [422, "failed"],
    [429, "slow-down"],
    [500, "failed"],
    [501, "unsupported"],
    [503, "failed"],
  ] as [number, Meaning][])("%i means %s", (status, means) => {
    for (const call of ["read", "change"] as const) {
      expect(judgeAnswer(systemOf(), answerOf(status, {}), call).means).toBe(means);
    }
  });
});

describe("the first rule whose tests all hold decides", () => {
  const rules: AnswerRule[] = [
    {
      call: "change",
      status: [404],
      when: { ref: "detail", contains: "not found" },
      means: "no-such-breaker",
      message: "detail",
    },
    { when: { ref: "ok", eq: false }, means: "failed", message: "error.text", hint: "read the manual" },
    { status: [403], means: "unauthorized" },
    { status: [418, 403], means: "unsupported" },
  ];
  const system = systemOf({ answers: rules });

  test.each([
    ["its status and words", "change", 404, { detail: "k1 not found" }, "no-such-breaker", "k1 not found"],
    ["not for another kind of call", "read", 404, { detail: "k1 not found" }, "failed", "k1 not found"],
    ["not for other words", "change", 404, { detail: "Not Found" }, "failed", "Not Found"],
    ["an error inside a 200", "change", 200, { ok: false, error: { text: "no" } }, "failed", "no"],
    ["a 200 that is good", "change", 200, { ok: true }, "ok", null],
    ["cannot tell is not yes", "change", 200, { ok: "false" }, "ok", null],
    ["the earlier of two", "read", 403, {}, "unauthorized", null],
    ["the later where only it holds", "read", 418, {}, "unsupported", null],
  ] as const)("%s", (_, call, status, body, means, message) => {
    expect(judgeAnswer(system, answerOf(status, body), call)).toMatchObject({ means, message });
  });

  test("a rule's hint is given on, and its words are looked for elsewhere where its path finds none", () => {
    expect(judgeAnswer(system, answerOf(200, { ok: false, detail: "elsewhere" }), "read")).toEqual({
      means: "failed",
      message: "elsewhere",
      hint: "read the manual",
    });
  });
});

describe("the system's own words are found", () => {
  test.each([
    ["detail", { detail: "Not authenticated" }, "Not authenticated"],
    ["message", { message: "no" }, "no"],
    ["an error that is a text", { error: "no" }, "no"],
    ["an error that is an object", { error: { code: 5, message: "no" } }, "no"],
    ["a list of what is invalid", { detail: [{ loc: ["body"], msg: "field required" }] }, "field required"],
    ["a list of errors", { errors: [{ title: "Bad", detail: "worse" }] }, "worse"],
    ["OAuth", { error: "invalid_token", error_description: "it expired" }, "it expired"],
    [
      "an empty message beside an error",
      { status: 500, error: "Internal Server Error", message: "" },
      "Internal Server Error",
    ],
    ["a text alone", "plain", "plain"],
    ["JSON that is a text", ["no"], "no"],
    [
      "the title of an error page",
      "<html><head><title>502 Bad Gateway</title></head><body>x</body>",
      "502 Bad Gateway",
    ],
    ["a page without a title", "<h1>Sign   in</h1> <p>please</p>", "Sign in please"],
    ["nothing in an empty body", "", null],
    ["nothing in an empty object", {}, null],
    ["nothing in a number", 5, null],
    ["nothing too deep", { error: { error: { error: { error: { error: "deep" } } } } }, null],
  ])("%s", (_, body, message) => {
    expect(judgeAnswer(systemOf(), answerOf(500, body), "read").message).toBe(message);
  });

  test("and cut, wherever they come from", () => {
    const long = "x".repeat(500);
    const ruled = systemOf({ answers: [{ status: [500], means: "failed", message: "why" }] });
    for (const [system, body] of [
      [systemOf(), { detail: long }],
      [systemOf(), long],
      [ruled, { why: long }],
    ] as const) {
      expect(judgeAnswer(system, answerOf(500, body), "read").message).toBe(`${"x".repeat(200)}…`);
    }
  });
});

describe("readingOf", () => {
  test.each([[[]], [{}], [{ a: 1 }], [null], [0]])("gives a good answer's JSON on: %o", (body) => {
    expect(readingOf(systemOf(), answerOf(200, body))).toEqual(body);
  });

  test.each([
    [
      "a login page",
      answerOf(200, "<html><title>Sign in</title></html>", { "content-type": "text/html" }),
      "not-understood",
      "http://a:1/breakers answered 200 with HTML, not JSON",
      "Sign in",
      /a proxy or a login page/,
    ],
    [
      "an empty body",
      answerOf(200, " "),
      "not-understood",
      /with an empty body, not JSON$/,
      null,
      /check the URL/,
    ],
    ["words", answerOf(200, "OK"), "not-understood", /with text, not JSON$/, "OK", /check the URL/],
    ["401", answerOf(401, { detail: "no" }), "unauthorized", /answered 401$/, "no", /check the credentials/],
    [
      "404",
      answerOf(404, {}),
      "not-understood",
      /answered 404$/,
      null,
      /check the URL \(with its path prefix\)/,
    ],
    [
      "405, for reading is no operation that a system lacks",
      answerOf(405, {}),
      "not-understood",
      /405$/,
      null,
      null,
    ],
    ["500", answerOf(500, { detail: "boom" }), "not-understood", /answered 500$/, "boom", null],
    [
      "429 with seconds",
      answerOf(429, {}, { "retry-after": "30" }),
      "rate-limited",
      /429$/,
      null,
      /again after 30 s$/,
    ],
    [
      "429 with a date",
      answerOf(429, {}, { "retry-after": "Sun, 01 Mar" }),
      "rate-limited",
      /429$/,
      null,
      /again later$/,
    ],
    [
      "429 with something else",
      answerOf(429, {}, { "retry-after": "\u009b31m" }),
      "rate-limited",
      /429$/,
      null,
      /again later$/,
    ],
    ["429 without", answerOf(429, {}), "rate-limited", /429$/, null, /again later$/],
  ] as const)("refuses %s", (_, answer, code, message, reason, hint) => {
    expect(() => readingOf(systemOf(), answer)).toThrow(
      expect.objectContaining({
        code,
        message: typeof message === "string" ? message : expect.stringMatching(message),
        reason,
        hint: hint === null ? null : expect.stringMatching(hint),
      }),
    );
  });

  test("a breaker that does not exist is not what a read asks for", () => {
    const system = systemOf({ answers: [{ status: [404], means: "no-such-breaker", hint: "try another" }] });
    expect(() => readingOf(system, answerOf(404, {}))).toThrow(
      expect.objectContaining({ code: "not-understood", hint: "try another" }),
    );
  });
});
