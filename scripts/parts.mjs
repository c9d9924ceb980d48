// Fetches the programs that the sandbox and the tests use, from Debian's packages, into .parts/: unpacked only, so that no
// service is installed and nothing outside this folder changes. A stamp says what is there; a second run does nothing.
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("../.parts", import.meta.url));
const stamp = join(folder, "fetched");

/** Packages of each part, with the libraries they need that a small system may lack. */
const PARTS = {
  prometheus: ["prometheus"],
  alertmanager: ["prometheus-alertmanager"],
  victoriametrics: ["victoria-metrics"],
  zsh: ["zsh", "zsh-common"],
  fish: ["fish", "fish-common", "libpcre2-32-0"],
};

const packages = Object.values(PARTS).flat();
const wanted = packages.join("\n");

if ((await readFile(stamp, "utf8").catch(() => "")).trim() !== wanted) {
  try {
    await fetchParts();
    await writeFile(stamp, `${wanted}\n`);
    console.log(`fetched ${Object.keys(PARTS).join(", ")} into .parts/`);
  } catch (error) {
    console.error(`parts: cannot fetch ${Object.keys(PARTS).join(", ")}: ${reasonOf(error)}`);
    console.error(
      "  They come from Debian packages by apt-get and dpkg. Without them cbctl works, and the sandbox runs",
    );
    console.error(
      "  without Prometheus and Alertmanager; programs in PATH or in CBCTL_PARTS are used where they exist.",
    );
    process.exitCode = 1;
  }
}

async function fetchParts() {
  await mkdir(folder, { recursive: true });
  await download().catch(async () => {
    await run("apt-get", ["update", "-qq"]);
    await download();
  });
  const fetched = (await readdir(folder)).filter((name) => name.endsWith(".deb"));
  for (const name of fetched) await run("dpkg", ["-x", join(folder, name), join(folder, "root")]);
  await Promise.all(fetched.map((name) => rm(join(folder, name))));
}

function download() {
  return run("apt-get", ["download", "-qq", ...packages], { cwd: folder });
}

function reasonOf(error) {
  if (error.code === "ENOENT") return `there is no ${error.path} here`;
  return (error.stderr || error.message).trim().split("\n").at(-1);
}
