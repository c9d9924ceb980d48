import { Chalk } from "chalk";
import type { Paint } from "./paint.ts";

/** Sixteen colours, whatever the environment says: who loads this has decided that colour is on, and themes name these. */
const chalk = new Chalk({ level: 1 });

export const chalkPaint: Paint = {
  good: chalk.green,
  bad: chalk.red,
  warn: chalk.yellow,
  dim: chalk.dim,
  strong: chalk.bold,
};
