import { compareText } from "../domain/compare-text.ts";
import { CbctlError } from "../domain/errors.ts";
import { pathFrom } from "../domain/file-path.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { System } from "../domain/system.ts";
import type { Host } from "../host/host.ts";
import { assertKind, type ReadDocument } from "./checked-documents.ts";
import type { Trust } from "./trust.ts";

/** A System document, where it stands and whether it may change things. */
export interface KnownSystem {
  readonly system: System;
  readonly source: "package" | "user" | "file";
  readonly path: string;
  /** Null for a document of the package, which is compiled. */
  readonly text: string | null;
  readonly trusted: boolean;
}

export interface Systems {
  /** By name, or by a path (with a `/` or ending in .yaml), relative to `from`. @throws CbctlError `unknown-name`. */
  find(name: string, from: string): Promise<KnownSystem>;
  list(): Promise<readonly KnownSystem[]>;
}

export function systemsOf(host: Host, read: ReadDocument, trust: Trust): Systems {
  const shippedFolder = `${host.places.packageFolder}/dist/knowledge/systems`;
  const userFolder = `${host.places.configFolder}/systems`;

  async function shipped(name: string): Promise<KnownSystem | null> {
    const text = await host.files.readText(`${shippedFolder}/${name}.json`);
    if (text === null) return null;
    const path = `${host.places.packageFolder}/systems/${name}.yaml`;
    return { system: JSON.parse(text) as System, source: "package", path, text: null, trusted: true };
  }

  async function ofFile(path: string, source: "user" | "file"): Promise<KnownSystem | null> {
    const document = await read(path);
    if (document === null) return null;
    assertKind(document, "System", path);
    const trusted =
      source === "user" && (await host.files.isOnlyOurs(path)) ? true : await trust.isTrusted(document.text);
    return { system: document.value as System, source, path, text: document.text, trusted };
  }

  async function names(folder: string, ending: string): Promise<string[]> {
    const files = await host.files.listFolder(folder);
    return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
  }

  async function shippedNames(): Promise<string[]> {
    const found = await names(shippedFolder, ".json");
    if (found.length > 0) return found;
    throw new CbctlError("internal", `${shippedFolder} is missing from this installation`, {
      hint: "install cbctl again",
    });
  }

  return {
    async find(name, from) {
      if (name.includes("/") || /\.ya?ml$/.test(name)) {
        const path = pathFrom(from, name.replace(/^(\.\/)+/, ""));
        const source = path.startsWith(`${userFolder}/`) && !path.includes("/../") ? "user" : "file";
        const found = await ofFile(path, source);
        if (found) return found;
        throw new CbctlError("unknown-name", `there is no file ${path}`, {
          hint: "name a System document, or a system: cbctl system list",
        });
      }
      const found = (await ofFile(`${userFolder}/${name}.yaml`, "user")) ?? (await shipped(name));
      if (found) return found;
      const known = [...(await shippedNames()), ...(await names(userFolder, ".yaml"))];
      throw new CbctlError("unknown-name", `no system "${name}"`, {
        hint: nearNamesHint(name, known) ?? `known: ${known.join(", ")}`,
      });
    },
    async list() {
      const own = await names(userFolder, ".yaml");
      const package_ = (await shippedNames()).filter((name) => !own.includes(name));
      const found = await Promise.all([
        ...own.map((name) => ofFile(`${userFolder}/${name}.yaml`, "user")),
        ...package_.map(shipped),
      ]);
      return found.filter((each) => each !== null).sort((a, b) => compareText(a.system.name, b.system.name));
    },
  };
}
