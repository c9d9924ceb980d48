#!/usr/bin/env node
const { enableCompileCache } = require("node:module");
if (enableCompileCache) enableCompileCache();
else require("../dist/code-cache.cjs").useCodeCache();
require("../dist/cbctl.cjs").start(process);
