import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placesOf } from "../../src/host/places.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cbctl-places-"));
  mkdirSync(join(folder, "node_modules/other/dist"), { recursive: true });
  mkdirSync(join(folder, "src/host"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"name":"cbctl"}');
  writeFileSync(join(folder, "node_modules/other/package.json"), '{"name":"other"}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const places = (env: Record<string, string>, runningFile = join(folder, "dist/main.cjs")) =>
  placesOf({ env, workingFolder: "/work", home: "/home/op", runningFile });

describe("folders of the user", () => {
  test.each<[string, Record<string, string>, [string, string, string]]>([
    ["by default", {}, ["/home/op/.config/cbctl", "/home/op/.local/state/cbctl", "/home/op/.cache/cbctl"]],
    [
      "as the environment says",
      { XDG_CONFIG_HOME: "/c", XDG_STATE_HOME: "/s/", XDG_CACHE_HOME: "/h" },
      ["/c/cbctl", "/s/cbctl", "/h/cbctl"],
    ],
    [
      "by default where it names relative ones",
      { XDG_CONFIG_HOME: "c", XDG_STATE_HOME: "", XDG_CACHE_HOME: "./h" },
      ["/home/op/.config/cbctl", "/home/op/.local/state/cbctl", "/home/op/.cache/cbctl"],
    ],
  ])("%s", (_, env, expected) => {
    const { configFolder, stateFolder, cacheFolder, workingFolder } = places(env);
    expect([configFolder, stateFolder, cacheFolder]).toEqual(expected);
    expect(workingFolder).toBe("/work");
  });
});

describe("the package folder", () => {
  test.each([["dist/main.cjs"], ["src/host/node-host.ts"], ["index.js"], ["node_modules/other/dist/x.js"]])(
    "is found from %s",
    (file) => {
      expect(places({}, join(folder, file)).packageFolder).toBe(folder);
    },
  );

  test("is missed loudly", () => {
    expect(() => places({}, "/nowhere/at/all.js")).toThrow(/no package\.json of cbctl above/);
  });
});
