/** True when the text matches a pattern in which `*` stands for any run of characters. Case counts unless said otherwise. */
export function matchesGlob(pattern: string, text: string, ignoreCase = false): boolean {
  const parts = (ignoreCase ? pattern.toLowerCase() : pattern).split("*");
  const subject = ignoreCase ? text.toLowerCase() : text;
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return subject === first;
  const last = rest.pop() ?? "";
  if (!subject.startsWith(first) || subject.length < first.length + last.length || !subject.endsWith(last))
    return false;
  let at = first.length;
  const end = subject.length - last.length;
  for (const part of rest) {
    const found = subject.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
