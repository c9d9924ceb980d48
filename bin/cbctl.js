#!/usr/bin/env node
require("node:module").enableCompileCache?.();
require("../dist/cbctl.cjs").start(process);
