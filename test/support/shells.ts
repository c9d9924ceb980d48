import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const ROOT = new URL("../..", import.meta.url).pathname;
const PARTS = join(ROOT, ".parts/root");
const LIBRARIES = join(PARTS, `usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`);

export const FISH = join(PARTS, "usr/bin/fish");
export const ZSH = join(PARTS, "bin/zsh");
/** Libraries that came with the parts and that the system may lack. */
export const FISH_ENVIRONMENT = { PATH: process.env.PATH ?? "", LD_LIBRARY_PATH: LIBRARIES };
export const haveFish = existsSync(FISH);
export const haveZsh = existsSync(ZSH);

/** What bash offers at the end of a line, sorted. */
export function completeInBash(line: string): string[] {
  const script = `
    source "${ROOT}completions/cbctl.bash"
    COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
    COMP_WORDS=(); rest="$1"
    for word in $rest; do
      while [[ $word == *=* ]]; do COMP_WORDS+=("\${word%%=*}" "="); word="\${word#*=}"; [[ -n $word ]] || continue 2; done
      COMP_WORDS+=("$word")
    done
    [[ $rest == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _cbctl
    ((\${#COMPREPLY[@]} == 0)) || printf '%s\\n' "\${COMPREPLY[@]}"`;
  return linesOf(
    execFileSync("bash", ["--norc", "-c", script, "bash", line], { encoding: "utf8", cwd: ROOT }),
  );
}

/** What fish offers at the end of a line, sorted. */
export function completeInFish(line: string): string[] {
  const home = ownFolder();
  const script = `source ${ROOT}completions/cbctl.fish; complete -C $argv[1]`;
  const env = { ...FISH_ENVIRONMENT, HOME: home };
  const told = execFileSync(FISH, ["--no-config", "-c", script, line], { encoding: "utf8", cwd: ROOT, env });
  return linesOf(told).map((offer) => offer.split("\t")[0] ?? "");
}

/** The screen of a zsh in a terminal after Tab was pressed at the end of a line: it lists, one offer a line. */
export async function completeInZsh(line: string, expected: RegExp): Promise<string> {
  const home = ownFolder();
  const functions = `${PARTS}/usr/share/zsh/functions`;
  writeFileSync(
    join(home, ".zshenv"),
    `module_path=(${LIBRARIES}/zsh/*(N/))\nfpath=(${functions} ${functions}/**/*(N/))\n`,
  );
  writeFileSync(
    join(home, ".zshrc"),
    `autoload -Uz compinit; compinit -u -D\nsource ${ROOT}completions/_cbctl\nbindkey '^I' list-choices\nPROMPT='READY> '\n`,
  );
  const env = { PATH: process.env.PATH ?? "", HOME: home, ZDOTDIR: home, TERM: "dumb" };
  const child = spawn("script", ["-qefc", `stty cols 200 rows 60; ${ZSH} -i`, "/dev/null"], {
    env,
    cwd: ROOT,
  });
  onTestFinished(() => void child.kill());
  let screen = "";
  const see = (wanted: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`never saw ${wanted}; the screen says:\n${screen}`)),
        10_000,
      );
      const look = () => {
        if (!wanted.test(screen)) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on("data", look);
      look();
    });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
  });
  await see(/READY> /);
  child.stdin.write(`${line}\t`);
  await see(expected);
  return screen;
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .filter((each) => each !== "")
    .sort();
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-shell-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
