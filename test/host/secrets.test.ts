import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/host/secrets.ts";

const SECRET = 'p@ss/w+rd "x" & ümläut?';

function redactorOf(...secrets: string[]) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.register(secret);
  return redactor;
}

describe("a secret is found", () => {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  test.each([
    ["plain", SECRET],
    ["in a URL", encodeURIComponent(SECRET)],
    ["in a URL, lower case", encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ["in a form", encodeURIComponent(SECRET).replaceAll("%20", "+")],
    ["in JSON", JSON.stringify(SECRET).slice(1, -1)],
    ["in markup", SECRET.replaceAll("&", "&amp;").replaceAll('"', "&quot;")],
    ["in base64", base64(SECRET)],
    ["in base64 for URLs", Buffer.from(SECRET).toString("base64url")],
  ])("%s", (_, form) => {
    expect(redactorOf(SECRET).redact(`a ${form} b ${form}`)).toBe("a *** b ***");
  });

  test.each([[""], ["a:"], ["ab:"], ["abc:"], ["operator:"]])("in base64 after %j", (before) => {
    const encoded = base64(`${before}${SECRET}`);
    const shown = redactorOf(SECRET).redact(encoded);
    expect(shown).toContain("***");
    expect(Buffer.from(shown.replace("***", ""), "base64").toString()).not.toMatch(/ss\/|w\+r|ümlä/);
  });

  test("among the characters that patterns are made of", () => {
    const secret = [...".*+?^$", ..."{}()|[]\\-/"].join("");
    expect(redactorOf(secret).redact(`<${secret}> abc`)).toBe("<***> abc");
  });

  test("whole, where one begins with another", () => {
    const { redact } = redactorOf("token", "token-and-more");
    expect(redact("token-and-more, token")).toBe("***, ***");
  });

  test("also when it was registered after the first text", () => {
    const redactor = redactorOf("first");
    expect(redactor.redact("first second")).toBe("*** second");
    redactor.register("second");
    expect(redactor.redact("first second")).toBe("*** ***");
  });
});

test.each([[""], ["abc"]])("%j is too short to be looked for", (secret) => {
  expect(redactorOf(secret).redact("abc abc")).toBe("abc abc");
});

test("without secrets a text stays as it is", () => {
  expect(createRedactor().redact("nothing here")).toBe("nothing here");
});

test("a long text takes time in proportion to its length", () => {
  const { redact } = redactorOf("a".repeat(40), "ab".repeat(20), SECRET);
  const text = `${"a".repeat(39)}b`.repeat(50_000);
  expect(redact(text)).toBe(text);
});
