import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatedFiles } from "../../scripts/generated-files.ts";
import { schemaKinds } from "../../src/documents/schema.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const files = await generatedFiles(readFileSync(`${ROOT}README.md`, "utf8"));

test.each(Object.keys(files))("%s is fresh", (path) => {
  expect(readFileSync(`${ROOT}${path}`, "utf8"), "mend with: npm run generate").toBe(files[path]);
});

test("there is a schema for each kind, and no other", () => {
  expect(readdirSync(`${ROOT}docs/schemas`).sort()).toEqual(schemaKinds.map((kind) => `${kind}.json`).sort());
});
