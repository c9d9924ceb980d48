import { type Document, isMap, isScalar, parseDocument, type Scalar, stringify } from "yaml";
import { API_VERSION } from "../domain/answers.ts";
import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { WrittenContext } from "./config.ts";
import { parseDocumentOf } from "./document.ts";

const CURRENT = "current-context";

/**
 * The text of a config whose current context is another one; nothing else in it changes, comments least of all.
 * @throws CbctlError `unknown-name` when the config has no such context, `invalid-document` when it is not valid.
 */
export function useContext(text: string, name: string, file = "the config"): string {
  const names = Object.keys(parseDocumentOf("Config", text, file).contexts);
  if (!names.includes(name)) {
    throw new CbctlError("unknown-name", `there is no context "${name}" in ${file}`, {
      hint: nearNamesHint(name, names),
    });
  }
  const document = parseDocument(text);
  const current = document.get(CURRENT, true);
  if (!isScalar(current) || current.value === null) return withCurrent(document, name);
  const [start, end] = (current as Scalar & { range: [number, number, number] }).range;
  return text.slice(0, start) + stringify(name, { lineWidth: 0 }).trimEnd() + text.slice(end);
}

/**
 * The text of a config with one context more, current if none was. Comments stay.
 * @param text The config as it is; null where there is none yet.
 * @throws CbctlError `usage` when the name is taken, `invalid-document` when the entry or the config is not valid.
 */
export function addContext(
  text: string | null,
  name: string,
  entry: WrittenContext,
  file = "the config",
): string {
  const before = text ?? `apiVersion: ${API_VERSION}\nkind: Config\n`;
  const { contexts, currentContext } = parseDocumentOf("Config", before, file);
  if (Object.hasOwn(contexts, name)) {
    throw new CbctlError("usage", `there is a context "${name}" in ${file} already`, {
      hint: "choose another name",
    });
  }
  const document = parseDocument(before);
  if (currentContext === null) document.set(CURRENT, name);
  if (!isMap(document.get("contexts"))) document.set("contexts", document.createNode({}));
  document.setIn(["contexts", name], document.createNode(entry));
  const after = print(document);
  parseDocumentOf("Config", after, file);
  return after;
}

function withCurrent(document: Document, name: string): string {
  document.set(CURRENT, name);
  return print(document);
}

function print(document: Document): string {
  return document.toString({ lineWidth: 0 });
}
