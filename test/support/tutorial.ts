/** One fenced block of a document that is worked through: a part of a file, or commands with what they print. */
export type TutorialBlock =
  | { readonly kind: "file"; readonly name: string; readonly text: string }
  | { readonly kind: "json"; readonly text: string }
  | { readonly kind: "command"; readonly argv: readonly string[]; readonly output: readonly string[] };

const FENCE = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

/** The blocks of a Markdown text, in order; a console block is one command after the other. */
export function readTutorial(markdown: string): TutorialBlock[] {
  return [...markdown.matchAll(FENCE)].flatMap(([, language, name = "", text = ""]): TutorialBlock[] => {
    if (language === "console") return commandsOf(text);
    if (language === "json") return [{ kind: "json", text }];
    return [{ kind: "file", name, text }];
  });
}

function commandsOf(text: string): TutorialBlock[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = "", ...output] = part.trimEnd().split("\n");
      return { kind: "command", argv: command.split(" "), output };
    });
}

const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>"],
  [/127\.0\.0\.1:\d+/g, "<instance>"],
  [/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, "<id>"],
  [/\b[0-9a-f]{64}\b/g, "<digest>"],
  [/\/\S+\/(?=my-acme\.yaml)/g, ""],
  [/\d+\/\d+(?= +-$)/g, "<failures>"],
  [/\s+/g, " "],
];

/** A line without what differs from run to run. */
export function steadyLine(line: string): string {
  return CHANGING.reduce((text, [pattern, word]) => text.replace(pattern, word), line).trim();
}
