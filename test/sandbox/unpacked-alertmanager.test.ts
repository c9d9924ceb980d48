import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runnableAlertmanager } from "../../src/sandbox/unpacked-alertmanager.ts";

const builtIn = "/usr/share/prometheus/alertmanager";
let folder: string;
let home: string;
let binary: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cbctl-unpacked-"));
  home = path.join(folder, "home");
  binary = path.join(folder, "usr/bin/prometheus-alertmanager");
  mkdirSync(home);
  mkdirSync(path.dirname(binary), { recursive: true });
  writeFileSync(
    binary,
    Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(`a${builtIn}b${builtIn}/ui/`)]),
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

it("runs a binary as it is where no templates lie beside it", () => {
  expect(runnableAlertmanager(binary, home)).toEqual({ file: binary, cwd: home });
});

it.skipIf(existsSync(path.join(builtIn, "default.tmpl")))(
  "lets an unpacked binary find its templates",
  () => {
    const templates = path.join(folder, "usr/share/prometheus/alertmanager");
    mkdirSync(templates, { recursive: true });
    writeFileSync(path.join(templates, "default.tmpl"), "the template");
    const original = readFileSync(binary);
    const { file, cwd } = runnableAlertmanager(binary, home);
    const copy = readFileSync(file);
    expect(copy.length).toBe(original.length);
    expect(copy.subarray(0, 4)).toEqual(original.subarray(0, 4));
    expect(copy.toString("latin1")).not.toContain(builtIn);
    const [, named = ""] = copy.toString("latin1").split(/[ab](?=\.\/)/);
    expect(readFileSync(path.join(cwd, named, "default.tmpl"), "utf8")).toBe("the template");
    expect(statSync(file).mode & 0o111).toBe(0o111);
    expect(readFileSync(binary)).toEqual(original);
  },
);
