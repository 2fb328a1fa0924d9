export { defineConfig, type EmitterName, type NimkitConfig, type OutputConfig } from './config.ts';
export { type Diagnostic, type DiagnosticFormat, formatDiagnostics } from './diagnostics/diagnostic.ts';
export { checkModel } from './diagnostics/check-model.ts';
export { compileModel, generate, type GenerateResult } from './generate.ts';
export type * from './model/api-model.ts';
export { buildModel } from './model/build-model.ts';
export { selectPackages } from './model/select-packages.ts';
export { type ModuleEntryModel, moduleEntries, type ModuleViewField, moduleView } from './model/module-view.ts';
export type { Links } from './print/output.ts';
