import { expect, test } from "vitest";
import { folderOf, pathFrom } from "../../src/domain/file-path.ts";

test.each([
  ["/etc/cbctl", "token", "/etc/cbctl/token"],
  ["/etc/cbctl", "secrets/token", "/etc/cbctl/secrets/token"],
  ["/etc/cbctl", "/run/token", "/run/token"],
])("from %s, %s is %s", (folder, path, seen) => {
  expect(pathFrom(folder, path)).toBe(seen);
});

test.each([
  ["/etc/cbctl/config.yaml", "/etc/cbctl"],
  ["/config.yaml", ""],
])("%s stands in %j, and is found from there again", (file, folder) => {
  expect(folderOf(file)).toBe(folder);
  expect(pathFrom(folder, file.slice(folder.length + 1))).toBe(file);
});
