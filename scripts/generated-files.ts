import { commandTree } from "../src/cli/command-tree.ts";
import { jsonSchemaOf, schemaKinds } from "../src/documents/schema.ts";
import { bashCompletion } from "../src/views/completion/bash.ts";
import { fishCompletion } from "../src/views/completion/fish.ts";
import { zshCompletion } from "../src/views/completion/zsh.ts";
import { commandReference } from "../src/views/markdown/command-reference.ts";
import { fillMarkers, readmeTables } from "../src/views/markdown/readme-tables.ts";

/** Every file that is made from the code, by its path in the repository. @param readme the README as it is. */
export async function generatedFiles(readme: string): Promise<Record<string, string>> {
  const tree = await commandTree();
  const schemas = schemaKinds.map((kind) => [
    `docs/schemas/${kind}.json`,
    `${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`,
  ]);
  return {
    "completions/cbctl.bash": bashCompletion(tree),
    "completions/_cbctl": zshCompletion(tree),
    "completions/cbctl.fish": fishCompletion(tree),
    "docs/commands.md": commandReference(tree),
    "README.md": fillMarkers(readme, readmeTables(tree)),
    ...Object.fromEntries(schemas),
  };
}
