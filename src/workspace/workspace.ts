import type { WrittenContext } from "../documents/config.ts";
import type { AlertRule } from "../domain/alert-rule.ts";
import type { Problem } from "../domain/answers.ts";
import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { System } from "../domain/system.ts";
import type { Host } from "../host/host.ts";
import { findAlertRules } from "./alerts.ts";
import { assertKind, checkedDocuments } from "./checked-documents.ts";
import {
  absolutePath,
  type ConfigFile,
  chooseContext,
  configPath,
  type NamedContext,
  type Overrides,
  readConfig,
} from "./config.ts";
import { type Systems, systemsOf } from "./systems.ts";
import { type Trust, trustOf } from "./trust.ts";

export type { WrittenContext };

/** What the user has at hand: config, documents and the trust given to them. Each part is read on first use. */
export interface Workspace {
  readonly config: () => Promise<ConfigFile>;
  readonly chooseContext: () => Promise<NamedContext>;
  readonly systems: Systems;
  readonly trust: Trust;
  readonly alertRules: (names: readonly string[]) => Promise<AlertRule[]>;
  /** A System document of the user, by path. */
  readonly systemFile: (path: string) => Promise<SystemFile>;
  /** Every problem of a document's text, with its place. */
  readonly lint: (path: string) => Promise<readonly Problem[]>;
  /** The JSON Schema of a kind of document or answer. @throws CbctlError `unknown-name`. */
  readonly schema: (kind: string) => Promise<unknown>;
  /** Where relative paths of the command line begin. */
  readonly folder: string;
  readonly useContext: (name: string) => Promise<void>;
  readonly addContext: (name: string, entry: WrittenContext) => Promise<void>;
  /** Writes a new config of these contexts, the first of them current. */
  readonly writeConfig: (path: string, contexts: Readonly<Record<string, WrittenContext>>) => Promise<void>;
}

export interface SystemFile {
  readonly path: string;
  readonly text: string;
  readonly system: System;
}

export function openWorkspace(host: Host, overrides: Overrides, version: string): Workspace {
  const readDocument = checkedDocuments(host, version);
  const trust = trustOf(host);
  let config: Promise<ConfigFile> | null = null;
  const configOnce = () => {
    config ??= readConfig(host, readDocument, overrides);
    return config;
  };
  return {
    config: configOnce,
    chooseContext: () => chooseContext(host, configOnce, overrides),
    systems: systemsOf(host, readDocument, trust),
    trust,
    alertRules: (names) => findAlertRules(host, readDocument, names),
    async systemFile(given) {
      const path = absolutePath(given, host);
      const document = await readDocument(path);
      if (document === null) throw noFile(path);
      assertKind(document, "System", path);
      return { path, text: document.text, system: document.value as System };
    },
    async lint(given) {
      const path = absolutePath(given, host);
      const text = await host.files.readText(path);
      if (text === null) throw noFile(path);
      const { lintDocument } = await import("../documents/document.ts");
      return lintDocument(text, given);
    },
    async schema(kind) {
      const { jsonSchemaOf, schemaKinds } = await import("../documents/schema.ts");
      if (schemaKinds.includes(kind)) return jsonSchemaOf(kind);
      throw new CbctlError("unknown-name", `no schema "${kind}"`, {
        hint: nearNamesHint(kind, schemaKinds) ?? `known: ${schemaKinds.join(", ")}`,
      });
    },
    folder: host.places.workingFolder,
    async useContext(name) {
      const { path } = await configOnce();
      const text = await host.files.readText(path);
      if (text === null)
        throw new CbctlError("usage", `there is no config file ${path}`, {
          hint: "cbctl context add NAME makes one",
        });
      const edit = await import("../documents/edit-config.ts");
      await host.files.writeText(path, edit.useContext(text, name, path));
    },
    async addContext(name, entry) {
      const path = configPath(host, overrides);
      const edit = await import("../documents/edit-config.ts");
      await host.files.writeText(path, edit.addContext(await host.files.readText(path), name, entry, path));
    },
    async writeConfig(path, contexts) {
      const edit = await import("../documents/edit-config.ts");
      let text: string | null = null;
      for (const [name, entry] of Object.entries(contexts)) text = edit.addContext(text, name, entry, path);
      await host.files.writeText(path, text ?? "");
    },
  };
}

function noFile(path: string): CbctlError {
  return new CbctlError("usage", `there is no file ${path}`, { where: path });
}
