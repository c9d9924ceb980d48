import { describe, expect, it } from "vitest";
import { viewJunit } from "../../../src/views/ci/junit.ts";
import { PARTLY_READ, SICK, textOf, VERDICTS } from "../samples.ts";

const JUDGED = { ...SICK, verdicts: VERDICTS };

/** Every tag that is opened is closed in order, and no bare `<` or `&` stands in a value. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, closing, name = "", values = "", selfClosing] of xml.matchAll(
    /<(\/?)(\w+)((?: \w+="[^"<]*")*)(\/?)>/g,
  )) {
    expect(values.replaceAll(/&(?:amp|lt|gt|quot|#\d+);/g, "")).not.toContain("&");
    if (closing) expect(open.pop()).toBe(name);
    else if (!selfClosing) open.push(name);
  }
  expect(open).toEqual([]);
  expect(xml.replaceAll(/<\/?\w+(?: \w+="[^"<]*")*\/?>|<\?xml [^>]*\?>/g, "").trim()).toBe("");
}

describe("viewJunit", () => {
  it("is a suite with a case for each rule and subject", () => {
    const xml = textOf(viewJunit(JUDGED));
    expect(xml).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="cbctl">
        <testsuite name="shop" tests="3" failures="1" errors="1">
          <testcase classname="all-open" name="deepseek"/>
          <testcase classname="any-open" name="claude">
            <error type="warning" message="2 of 3 instances not read"/>
          </testcase>
          <testcase classname="any-open" name="deepseek">
            <failure type="warning" message="1 of 2 open"/>
          </testcase>
        </testsuite>
      </testsuites>"
    `);
    assertWellFormed(xml);
  });

  it("counts what cannot be told, and what could not be read, as errors that do not pass", () => {
    const xml = textOf(viewJunit({ ...PARTLY_READ, verdicts: [] }));
    expect(xml).toContain('tests="1" failures="0" errors="1"');
    expect(xml).toContain('<error message="cannot reach http://shop-3:8080: connection refused"/>');
  });

  it("has a suite for each context, one that could not be opened among them", () => {
    const xml = textOf(
      viewJunit({
        items: [JUDGED, { ...SICK, context: "gate" }],
        errors: [{ context: "old", message: "401" }],
      }),
    );
    expect([...xml.matchAll(/testsuite name="(\w+)"/g)].map(([, name]) => name)).toEqual([
      "shop",
      "gate",
      "old",
    ]);
    expect(xml).toContain('<error message="401"/>');
    assertWellFormed(xml);
  });

  it.each([
    ["<script>&\"'", "&lt;script&gt;&amp;&quot;'"],
    ["]]>", "]]&gt;"],
    ["two\nlines", "two&#10;lines"],
    ["a\u0000b\u001b[31m\uffff", "a\ufffdb\ufffd[31m\ufffd"],
    ["half \ud83d pair", "half \ufffd pair"],
    ["🔥 決済", "🔥 決済"],
  ])("holds %j safely", (because, escaped) => {
    const verdicts = VERDICTS.map((verdict) => ({ ...verdict, because, subject: because }));
    const xml = textOf(viewJunit({ ...SICK, verdicts }));
    expect(xml).toContain(`message="${escaped}"`);
    assertWellFormed(xml);
  });
});
