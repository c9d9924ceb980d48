export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Prints each ratio of medians beside its budget, and whether it held. */
export function report(runs, rows) {
  console.log(`medians of ${runs} runs each, taken in turn\n`);
  console.log(line("what", "ms", "ratio", "must", "aim", "held", "to"));
  for (const { what, of, base, than, must, aim } of rows) {
    const ratio = median(of) / median(base);
    const held =
      must !== null && ratio > must ? "NO" : ratio <= aim ? "aim" : must === null ? "aim missed" : "yes";
    console.log(line(what, median(of).toFixed(1), ratio.toFixed(2), must ?? "-", aim, held, than));
  }
}

function line(what, ms, ratio, must, aim, held, than) {
  const right = [ms, ratio, must, aim].map((cell) => String(cell).padStart(6)).join(" ");
  return `${what.padEnd(26)}${right}  ${held.padEnd(11)}${than}`;
}
