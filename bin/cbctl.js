#!/usr/bin/env node
require("../dist/code-cache.cjs").useCodeCache();
require("../dist/cbctl.cjs").start(process);
