// Prints the call's state machine as a page of the docs.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { renderCallStates } from "./call-states-page.ts";

const path = resolve(import.meta.dirname, "../apps/docs/reference/call-states.md");
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, renderCallStates());
console.log(path);
