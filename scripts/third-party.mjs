import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes the licences of every package that is bundled, their own dependencies included, with where their source is. */
export async function writeThirdParty(root, file) {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const bundled = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional }]) => path !== "" && !dev && !optional && !devOptional,
  );
  const sections = await Promise.all(bundled.map(([path]) => sectionOf(join(root, path))));
  const head =
    "cbctl is delivered with these packages in its bundle, unchanged, under the licences they came with.\n";
  await writeFile(file, [head, ...sections].join(`\n${"-".repeat(80)}\n\n`));
}

async function sectionOf(folder) {
  const { name, version, license, repository } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  const source = typeof repository === "string" ? repository : repository?.url;
  const texts = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  const read = await Promise.all(texts.map((text) => readFile(join(folder, text), "utf8")));
  return `${name} ${version}\nlicence: ${license}\nsource: ${source}\n\n${read.map((text) => `${text.trim()}\n`).join("\n")}`;
}
