import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compileDocument } from "../../src/documents/compile.ts";
import { lintDocument } from "../../src/documents/document.ts";

const shipped = ["systems", "alerts"].flatMap((folder) =>
  readdirSync(folder).map((name) => ({ folder, name: name.replace(".yaml", ""), file: `${folder}/${name}` })),
);

describe("shipped documents", () => {
  test("are all there", () => {
    expect(shipped.map(({ file }) => file)).toEqual([
      "systems/acme.yaml",
      "systems/agent-breakers.yaml",
      "systems/gateway.yaml",
      "systems/key-breakers.yaml",
      "systems/router-extensions.yaml",
      "systems/service-metrics.yaml",
      "systems/updog.yaml",
      "alerts/all-open.yaml",
      "alerts/any-open.yaml",
      "alerts/half-open.yaml",
      "alerts/majority-open.yaml",
      "alerts/not-closed.yaml",
      "alerts/unknown.yaml",
    ]);
  });

  test.each(shipped)("$file lints clean", ({ file }) => {
    expect(lintDocument(readFileSync(file, "utf8"), file)).toEqual([]);
  });

  test.each(shipped)("$file compiles to JSON data and bears its own name", ({ folder, name, file }) => {
    const document = compileDocument(readFileSync(file, "utf8"), file);
    expect(document.kind).toBe(folder === "systems" ? "System" : "AlertRule");
    expect(document.value).toMatchObject({ name });
    expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document);
  });
});
