import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

import { compileSchema, generateMessages, SchemaError } from "./buf.ts";
import { DEFAULT_EMITTERS, type EmitterName, type LoadedConfig, type OutputConfig } from "./config.ts";
import { checkModel } from "./diagnostics/check-model.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { emitBindings } from "./emitters/bindings.ts";
import { emitClient } from "./emitters/client.ts";
import { emitCommands } from "./emitters/commands.ts";
import { emitDescriptorImage } from "./emitters/descriptor-image.ts";
import type { Emitter } from "./emitters/emitter.ts";
import { emitEnums, plainEnumNames } from "./emitters/enums.ts";
import { emitErrors } from "./emitters/errors.ts";
import { emitEvents } from "./emitters/events.ts";
import { emitProtocol } from "./emitters/messages.ts";
import { emitModuleTable } from "./emitters/module-table.ts";
import { emitModuleTypes } from "./emitters/module-types.ts";
import { emitOverrides } from "./emitters/overrides.ts";
import { emitRpcs } from "./emitters/rpcs.ts";
import { ownMessageFiles } from "./message-files.ts";
import type { ApiModel } from "./model/api-model.ts";
import { buildModel } from "./model/build-model.ts";
import { OPTIONS_PACKAGE, RULES_PACKAGE } from "./model/options.ts";
import { selectPackages } from "./model/select-packages.ts";
import { stripImage } from "./model/strip-image.ts";
import { defaultPrefix } from "./names.ts";
import { createOutput } from "./print/output.ts";
import { type OutputPlan, withManifest } from "./write-plan.ts";

/** What a run wants to write. With errors among the findings there are no plans. */
export interface GenerateResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly plans: readonly OutputPlan[];
  readonly model?: ApiModel;
}

const EMITTERS: Readonly<Record<Exclude<EmitterName, "image">, readonly Emitter[]>> = {
  messages: [emitProtocol],
  client: [emitClient],
  events: [emitEvents],
  errors: [emitErrors],
  module: [emitModuleTable, emitModuleTypes],
  enums: [emitEnums],
  service: [emitCommands, emitRpcs, emitBindings],
  msw: [emitOverrides],
};

/** Compiles a schema into a model; `imageFile` receives the image. Throws {@link SchemaError}. */
export async function compileModel(
  input: string,
  imageFile: string,
): Promise<{ model: ApiModel; files: ReadonlyMap<string, string> }> {
  await compileSchema(input, imageFile);
  const set = fromBinary(FileDescriptorSetSchema, await readFile(imageFile));
  const files = new Map(set.file.map((file) => [file.name.replace(/\.proto$/, ""), file.package]));
  return { model: buildModel(set, { root: relative(process.cwd(), input).replaceAll("\\", "/") }), files };
}

/** Runs the pipeline in memory: nothing below the output folders is touched. */
export async function generate({ root, config }: LoadedConfig): Promise<GenerateResult> {
  const work = await mkdtemp(join(tmpdir(), "nimkit-"));
  try {
    const image = join(work, "image.binpb");
    const { model, files } = await compileModel(resolve(root, config.input), image);
    const diagnostics = checkModel(model);
    if (diagnostics.some((item) => item.severity === "error")) return { diagnostics, plans: [], model };
    const helpers = [OPTIONS_PACKAGE, RULES_PACKAGE].filter((name) => [...files.values()].includes(name));
    const prefix = config.prefix ?? defaultPrefix(model.packages);
    const [messages, printed] = await Promise.all([
      // In a process of its own, so both halves run at once.
      generateMessages(image, join(work, "messages"), helpers),
      readFile(image).then((bytes) => config.outputs.map((output) => printOutput(model, output, prefix, bytes))),
    ]);
    const plans = config.outputs.map((output, index): OutputPlan => {
      const texts = new Map(printed[index]);
      if (wants(output, "messages"))
        for (const [path, text] of ownMessageFiles(messages, files, model, output)) texts.set(path, text);
      return {
        dir: resolve(root, output.dir),
        files: withManifest(new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)))),
      };
    });
    return { diagnostics, plans, model };
  } catch (error) {
    if (error instanceof SchemaError) return { diagnostics: error.diagnostics, plans: [] };
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function wants(output: OutputConfig, name: EmitterName): boolean {
  return (output.emit ?? DEFAULT_EMITTERS).includes(name);
}

function printOutput(
  full: ApiModel,
  output: OutputConfig,
  prefix: string,
  image: Uint8Array,
): ReadonlyMap<string, string> {
  const model = output.packages ? selectPackages(full, output.packages) : full;
  const out = createOutput({ prefix, links: output.links ?? {}, enumNames: plainEnumNames(model) });
  for (const name of output.emit ?? DEFAULT_EMITTERS) {
    if (name === "image") emitDescriptorImage(stripImage(image, model.packages), out);
    else for (const emit of EMITTERS[name]) emit(model, out);
  }
  return out.print();
}
