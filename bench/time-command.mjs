import { spawn } from "node:child_process";

/** Milliseconds from the start of a command to its end; it must succeed. @param home its home folder. */
export async function timeCommand([file, ...args], home) {
  const { PATH } = process.env;
  const begun = performance.now();
  const code = await exitCode(
    spawn(file, args, { stdio: ["ignore", "pipe", "inherit"], env: { PATH, HOME: home } }),
  );
  const ms = performance.now() - begun;
  if (code !== 0) throw new Error(`${[file, ...args].join(" ")} ended with ${code}`);
  return ms;
}

/** Whether all of these programs are in PATH. */
export async function hasPrograms(...names) {
  const script = names.map((name) => `command -v ${name}`).join(" && ");
  return (await exitCode(spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] }))) === 0;
}

function exitCode(child) {
  child.stdout.resume();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}
