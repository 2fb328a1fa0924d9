// The callback module, as apps written for APICloud use it.
export { type ModuleEntry, moduleEntries } from "./gen/module-table.ts";
export type * from "./gen/module-types.ts";
export { createNimModule, type NimModuleOptions } from "./module/create-nim-module.ts";
export { type ApiHost, type InstallApiOptions, installApi } from "./module/install-api.ts";
export type { NimLanguage } from "./module/module-error.ts";
export { isCarried, project } from "./module/project.ts";
