import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { cleanText } from "../domain/clean-text.ts";
import { CbctlError } from "../domain/errors.ts";
import { refuseHostile, TOO_DEEP } from "./hostile-yaml.ts";

/** Where something stands in a file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Names and list positions that lead from the top of a document to one of its values. */
export type Path = readonly (string | number)[];

export interface LoadedYaml {
  readonly file: string;
  readonly value: unknown;
  /**
   * Where a value stands, or with `"key"` the name before it. What is not in the text is found at the short form that
   * stands for it, or else at the nearest name above it.
   */
  readonly locate: (path: Path, part?: "key" | "value") => Place;
}

const MAX_CHARACTERS = 1024 * 1024;
/** How many values the aliases of a document may come to. */
const MAX_REPEATED = 100;
/** YAML 1.2, whatever version the text itself asks for. */
const STRICT = { prettyErrors: false, stringKeys: true, schema: "core" } as const;
const START: Place = { line: 1, column: 1 };

/**
 * Reads one YAML 1.2 document of at most 1 MiB.
 * @throws CbctlError `invalid-document`, naming file, line and column.
 */
export function loadYaml(text: string, file: string): LoadedYaml {
  if (text.length > MAX_CHARACTERS) throw fault(file, START, "it is larger than 1 MiB", "split it");
  return read(text, file);
}

function read(text: string, file: string): LoadedYaml {
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const placeOfNode: PlaceOfNode = (node) => placeOf((node as Node | null)?.range?.[0] ?? 0);

  // The library's own check for unique keys takes quadratic time.
  const document = parseDocument(text, { ...STRICT, lineCounter: lines, uniqueKeys: false });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong?.code === "RESOURCE_EXHAUSTION") throw fault(file, START, TOO_DEEP);
  if (wrong) throw fault(file, placeOf(wrong.pos[0]), inWords(wrong.code, wrong.message), HINTS[wrong.code]);
  refuseHostile(document, (node, message, hint) => {
    throw fault(file, placeOfNode(node), message, hint);
  });
  return { file, value: dataOf(document, file), locate: locator(document, placeOfNode) };
}

function dataOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_REPEATED });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw fault(file, START, "its aliases repeat too much", "write the repeated parts out");
  }
}

type PlaceOfNode = (node: unknown) => Place;

function locator(document: Document, placeOfNode: PlaceOfNode): LoadedYaml["locate"] {
  return (path, part = "value") => {
    let node: unknown = document.contents;
    let nearest: unknown = null;
    for (const name of path) {
      if (isAlias(node)) node = node.resolve(document);
      if (isSeq(node)) {
        node = node.items[Number(name)];
        nearest = node ?? nearest;
      } else if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(name));
        nearest = pair?.key ?? nearest;
        node = pair?.value ?? undefined;
      } else return placeOfNode(node);
      if (node === undefined) return placeOfNode(nearest);
    }
    return placeOfNode(part === "key" ? (nearest ?? node) : node);
  };
}

function fault(file: string, { line, column }: Place, message: string, hint?: string): CbctlError {
  return new CbctlError("invalid-document", `${file} cannot be read: ${message}`, {
    where: `${file}:${line}:${column}`,
    hint,
  });
}

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "indent with spaces",
  MULTIPLE_DOCS: "keep one document in a file",
  BLOCK_AS_IMPLICIT_KEY: 'quote a text that holds ": "',
};

function inWords(code: string, message: string): string {
  if (code === "MULTIPLE_DOCS") return "it holds more than one document";
  return cleanText(message.slice(0, 1).toLowerCase() + message.slice(1));
}
