import { describe, expect, it } from "vitest";
import { viewGithub } from "../../../src/views/ci/github.ts";
import { PARTLY_READ, SICK, VERDICTS } from "../samples.ts";

describe("viewGithub", () => {
  it("annotates what fires by its severity, and what cannot be told as a warning", () => {
    expect([...viewGithub({ ...SICK, verdicts: VERDICTS })]).toEqual([
      "::warning title=cannot tell any-open on claude (shop)::2 of 3 instances not read",
      "::warning title=any-open on deepseek (shop)::1 of 2 open",
    ]);
  });

  it.each([
    ["critical", "error"],
    ["warning", "warning"],
    ["info", "notice"],
  ] as const)("writes %s as %s", (severity, level) => {
    const verdicts = VERDICTS.slice(0, 1).map((verdict) => ({ ...verdict, severity, firing: true }));
    expect([...viewGithub({ ...SICK, verdicts })]).toEqual([
      `::${level} title=all-open on deepseek (shop)::openShare 0.5 < 1`,
    ]);
  });

  it.each([
    { when: "all is quiet", verdicts: VERDICTS.slice(0, 1), line: "::notice title=shop::quiet: all-open" },
    {
      when: "nothing was judged",
      verdicts: [],
      line: "::notice title=shop::no alert rule had anything to judge",
    },
  ])("is one notice when $when", ({ verdicts, line }) => {
    expect([...viewGithub({ ...SICK, verdicts })]).toEqual([line]);
  });

  it("never calls quiet what could not be read in full", () => {
    expect([...viewGithub({ ...PARTLY_READ, verdicts: VERDICTS.slice(0, 1) })]).toEqual([
      "::warning title=http%3A//shop-3%3A8080 could not be read (shop)::cannot reach http://shop-3:8080: connection refused",
    ]);
  });

  it("covers several contexts", () => {
    const lines = [...viewGithub({ items: [SICK], errors: [{ context: "old", message: "401" }] })];
    expect(lines.at(-1)).toBe("::warning title=old could not be read (old)::401");
  });

  it("lets no text end a command or begin another", () => {
    const verdicts = VERDICTS.slice(0, 1).map((verdict) => ({
      ...verdict,
      firing: true,
      subject: "a,b::c\n::error::x",
      because: "50%\r\n::set-output name=x::y",
    }));
    expect([...viewGithub({ ...SICK, verdicts })]).toEqual([
      "::error title=all-open on a%2Cb%3A%3Ac%0A%3A%3Aerror%3A%3Ax (shop)::50%25%0D%0A::set-output name=x::y",
    ]);
  });
});
