import { EXIT_CODES } from "../../domain/errors.ts";
import type { CommandTree } from "../completion/command-tree.ts";
import { usageOf } from "./command-reference.ts";
import { markdownTable } from "./markdown-table.ts";

/** The tables that the README holds between markers. */
export function readmeTables(tree: CommandTree): Readonly<Record<string, string>> {
  return {
    commands: markdownTable(
      ["command", "what it does"],
      tree.commands.map((leaf) => [`\`${usageOf(leaf)}\``, leaf.summary]),
    ),
    "exit codes": markdownTable(
      ["code", "meaning"],
      EXIT_CODES.map(({ code, meaning }) => [String(code), meaning]),
    ),
  };
}

/**
 * Puts tables between their markers, `<!-- begin NAME -->` and `<!-- end NAME -->`.
 * @throws Error when the text lacks a marker.
 */
export function fillMarkers(text: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((filled, [name, table]) => {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [from, to] = [filled.indexOf(begin), filled.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the text has no "${begin}" … "${end}"`);
    return `${filled.slice(0, from + begin.length)}\n${table}\n${filled.slice(to)}`;
  }, text);
}
