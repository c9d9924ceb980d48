// A short incident in plain sight: builds cbctl, starts the sandbox, and inside it looks, resets, patches and proves it.
// Leaves nothing running. Ends with the code of the first command that did not end as it should.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = join(root, "bin/cbctl.js");
const inside = process.argv.includes("--inside");
const paint = (code, text) => (process.stdout.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text);

/** What is said, what is typed, and the code it must end with. */
const SCENES = [
  ["An alert came in. What is wrong?", ["status"], 0],
  [
    "One key is open on every replica. CI would see it so:",
    ["status", "--fail-on", "any-open", "-o", "name", "--state", "open"],
    3,
  ],
  ["What is known of it, and what happens by itself?", ["describe", "deepseek-2"], 0],
  ["First look at what a reset would send:", ["reset", "deepseek-2", "--dry-run"], 0],
  [
    "The upstream is well again. Reset it on every replica, and watch it hold:",
    ["reset", "deepseek-2", "--yes", "--reason", "upstream is well again", "--incident", "INC-1"],
    0,
  ],
  [
    "It should tolerate more, and try again sooner:",
    ["patch", "deepseek-2", "failureThreshold=7", "openDuration=90s", "--yes"],
    0,
  ],
  ["Is all well?", ["status"], 0],
  ["Who did what, and has nobody touched the journal?", ["audit", "list"], 0],
  ["", ["audit", "verify"], 0],
];

process.exitCode = inside ? await play() : await stage();

/** Builds, and runs this file again inside a sandbox. */
async function stage() {
  say("Building, and fetching Prometheus and Alertmanager …");
  const built = await run(process.execPath, [join(root, "scripts/build.mjs")]);
  if (built !== 0) return built;
  if ((await run(process.execPath, [join(root, "scripts/parts.mjs")])) !== 0) say("Going on without them.");
  say("A sandbox: three breaker systems with three replicas each, real calls, one upstream that fails.");
  const played = `"${process.execPath}" "${fileURLToPath(import.meta.url)}" --inside`;
  const code = await run(process.execPath, [
    cli,
    "sandbox",
    "--scenario",
    "one-open",
    "--time-scale",
    "1m=1s",
    "--exec",
    played,
  ]);
  if (code === 0) goOn();
  return code;
}

async function play() {
  for (const [said, argv, expected] of SCENES) {
    if (said !== "") say(said);
    console.log(paint(1, `$ cbctl ${argv.map(quoted).join(" ")}`));
    const code = await run(process.execPath, [cli, ...argv]);
    if (code === expected) continue;
    console.error(`demo: this ended with ${code}, not with ${expected}`);
    return code || 1;
  }
  return 0;
}

function run(file, args) {
  const child = spawn(file, args, { cwd: root, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}

function say(text) {
  console.log(`\n${paint(36, `# ${text}`)}`);
}

function quoted(word) {
  return /^[\w=./:-]+$/.test(word) ? word : `'${word}'`;
}

function goOn() {
  say("That was it; nothing is left running. To go on by hand:");
  console.log(
    `  ${relative(cli)} sandbox --scenario majority-open     and in another terminal, with the export line it prints:`,
  );
  console.log(`  ${relative(cli)} status -A`);
  console.log(`  ${relative(cli)} status --help`);
}

function relative(path) {
  return `node ${join(dirname(path), "cbctl.js").slice(root.length)}`;
}
