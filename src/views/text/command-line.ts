const PLAIN_WORD = /^[\w@%+=:,./-]+$/;

/** Words as a line to paste into a shell; `operands` that look like options are kept from being read as such. */
export function commandLine(words: readonly string[], operands: readonly string[] = []): string {
  const guard = operands.some((operand) => operand.startsWith("-")) ? ["--"] : [];
  return [...words, ...guard, ...operands].map(shellWord).join(" ");
}

function shellWord(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
