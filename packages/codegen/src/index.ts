export { defineConfig, type EmitterName, type NimkitConfig, type OutputConfig } from "./config.ts";
export { checkModel } from "./diagnostics/check-model.ts";
export { type Diagnostic, type DiagnosticFormat, formatDiagnostics } from "./diagnostics/diagnostic.ts";
export { compileModel, type GenerateResult, generate } from "./generate.ts";
export type * from "./model/api-model.ts";
export { buildModel } from "./model/build-model.ts";
export { type ModuleEntryModel, type ModuleViewField, moduleEntries, moduleView } from "./model/module-view.ts";
export { selectPackages } from "./model/select-packages.ts";
export type { Links } from "./print/output.ts";
