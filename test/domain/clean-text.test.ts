import { describe, expect, test } from "vitest";
import { cleanJson, cleanText, mayHoldHarm } from "../../src/domain/clean-text.ts";

const HARMFUL: readonly (readonly [string, number])[] = [
  ["NUL", 0x00],
  ["backspace", 0x08],
  ["tab", 0x09],
  ["line feed", 0x0a],
  ["carriage return", 0x0d],
  ["escape", 0x1b],
  ["delete", 0x7f],
  ["C1 control sequence introducer", 0x9b],
  ["soft hyphen", 0xad],
  ["Arabic letter mark", 0x61c],
  ["Mongolian vowel separator", 0x180e],
  ["zero-width space", 0x200b],
  ["zero-width joiner", 0x200d],
  ["right-to-left mark", 0x200f],
  ["line separator", 0x2028],
  ["paragraph separator", 0x2029],
  ["right-to-left override", 0x202e],
  ["word joiner", 0x2060],
  ["right-to-left isolate", 0x2067],
  ["byte order mark", 0xfeff],
  ["interlinear annotation", 0xfff9],
  ["a half of a surrogate pair", 0xd800],
  ["tag letter", 0xe0041],
];

const HARMLESS = [
  "deepseek-1",
  "größe",
  "日本語",
  "emoji 🟢",
  "a b",
  "C:\\new\\table",
  'say "no"',
  "…—’",
  "\u00a0",
];

describe("cleanText", () => {
  test.each(HARMFUL)("replaces %s", (_, code) => {
    expect(cleanText(`a${String.fromCodePoint(code)}b`)).toBe("a\ufffdb");
  });

  test.each(HARMLESS)("leaves %s as it is", (text) => {
    expect(cleanText(text)).toBe(text);
  });

  test("cleaning twice is cleaning once", () => {
    for (const text of generated(500)) expect(cleanText(cleanText(text))).toBe(cleanText(text));
  });
});

describe("mayHoldHarm", () => {
  test.each(HARMFUL)("sees %s, plain or escaped", (_, code) => {
    const text = `a${String.fromCodePoint(code)}b`;
    expect(mayHoldHarm(JSON.stringify(text))).toBe(true);
    expect(mayHoldHarm(escaped(text))).toBe(true);
  });

  test("lets pretty-printed plain JSON pass", () => {
    const body = JSON.stringify({ breakers: [{ key: "größe", state: "open" }, "🟢"] }, null, "\t");
    expect(mayHoldHarm(body.replaceAll("\n", "\r\n"))).toBe(false);
  });

  test("never says clean of what cleaning would change, in any spelling", () => {
    for (const text of generated(5_000)) {
      const value = { [text]: [text] };
      for (const body of [JSON.stringify(value), escaped(value), JSON.stringify(value, null, 2)]) {
        const changed =
          JSON.stringify(cleanJson(JSON.parse(body), cleanText)) !== JSON.stringify(JSON.parse(body));
        if (changed) expect(mayHoldHarm(body), body).toBe(true);
      }
    }
  });
});

describe("cleanJson", () => {
  test("cleans keys and values at every depth and leaves the rest", () => {
    const value = { "a\u001b": ["x\u202e", 1, null, true, { deep: "\u0000" }], plain: 1.5 };
    expect(cleanJson(value, cleanText)).toEqual({
      "a\ufffd": ["x\ufffd", 1, null, true, { deep: "\ufffd" }],
      plain: 1.5,
    });
  });

  test("a key named like a prototype stays a plain key", () => {
    const cleaned = cleanJson(JSON.parse('{"__proto__": {"polluted": "\\u0007"}}'), cleanText);
    expect(Object.keys(cleaned as object)).toEqual(["__proto__"]);
    expect((cleaned as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

/** JSON with every character as an escape. */
function escaped(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Texts of plain and of dangerous characters, the same ones in every run. */
function* generated(count: number): Generator<string> {
  const alphabet = [
    "a",
    "\\",
    '"',
    "/",
    "é",
    "日",
    "🟢",
    " ",
    "u",
    "0",
    ...HARMFUL.map(([, code]) => String.fromCodePoint(code)),
  ];
  let seed = 42;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  for (let made = 0; made < count; made += 1) {
    yield Array.from({ length: 1 + next(6) }, () => alphabet[next(alphabet.length)]).join("");
  }
}
