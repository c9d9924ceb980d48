import { type Document, parseDocument } from "./document.ts";

/**
 * A document as plain JSON data, so that it can be opened later without reading YAML or checking it again.
 * @throws CbctlError `invalid-document`, as parseDocument does.
 */
export function compileDocument(text: string, file: string): Document {
  return JSON.parse(JSON.stringify(parseDocument(text, file))) as Document;
}
