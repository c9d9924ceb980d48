import { describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { assertKind, checkedDocuments } from "../../src/workspace/checked-documents.ts";
import { fakeHost } from "../support/fake-host.ts";

const CONFIG =
  "apiVersion: cbctl.dev/v1\nkind: Config\ncontexts:\n  a: { system: acme, instances: http://a }\n";
const PATH = "/config/config.yaml";

function reader(files = new Map([[PATH, CONFIG]]), version = "1") {
  const { host } = fakeHost({ files });
  return { files, host, read: checkedDocuments(host, version) };
}

const cachedAt = (files: ReadonlyMap<string, string>) =>
  [...files.keys()].find((path) => path.startsWith("/cache/")) ?? "";

describe("a document", () => {
  test("is read with its kind, its meaning and its text", async () => {
    expect(await reader().read(PATH)).toMatchObject({
      kind: "Config",
      value: { contexts: { a: { system: "acme" } } },
      text: CONFIG,
    });
  });

  test("that is not there is null, and no error", async () => {
    expect(await reader(new Map()).read(PATH)).toBeNull();
  });

  test("that is invalid says where, and is not kept", async () => {
    const { read, files } = reader(new Map([[PATH, `${CONFIG}nonsense: 1\n`]]));
    await expect(read(PATH)).rejects.toMatchObject({ code: "invalid-document", where: `${PATH}:5:1` });
    expect(cachedAt(files)).toBe("");
  });
});

describe("what was checked once", () => {
  /** Marks the kept meaning, to see whether it is used. */
  async function kept(change: (files: Map<string, string>) => void, version = "1") {
    const { read, files } = reader();
    await read(PATH);
    const path = cachedAt(files);
    const entry = JSON.parse(files.get(path) ?? "");
    files.set(path, JSON.stringify({ ...entry, value: "kept" }));
    change(files);
    return (await reader(files, version).read(PATH))?.value === "kept";
  }

  test("is not checked again", async () => {
    expect(await kept(() => undefined)).toBe(true);
  });

  test.each<[string, (files: Map<string, string>) => void, string?]>([
    ["its text is another", (files) => files.set(PATH, `${CONFIG}# edited\n`)],
    ["cbctl is another", () => undefined, "2"],
    ["what was kept is damaged", (files) => files.set(cachedAt(files), "{")],
    ["what was kept is nothing", (files) => files.set(cachedAt(files), "null")],
    ["it was removed", (files) => files.delete(cachedAt(files))],
  ])("is checked again when %s", async (_, change, version) => {
    expect(await kept(change, version)).toBe(false);
  });

  test("need not be kept: a cache that cannot be written is no error", async () => {
    const { host } = fakeHost({ files: new Map([[PATH, CONFIG]]) });
    const files = {
      ...host.files,
      writeText: () => Promise.reject(new CbctlError("no-storage", "disk full")),
    };
    expect(await checkedDocuments({ ...host, files }, "1")(PATH)).toMatchObject({ kind: "Config" });
  });
});

test("a document of another kind is refused by name", () => {
  const document = { kind: "Config", value: {}, text: "" };
  expect(() => assertKind(document, "Config", PATH)).not.toThrow();
  expect(() => assertKind(document, "System", PATH)).toThrow(
    expect.objectContaining({
      code: "invalid-document",
      message: `${PATH} holds a Config, not a System`,
      where: PATH,
    }),
  );
});
