// Rules about the schema that no linter knows.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromBinary, ScalarType, toJson } from "@bufbuild/protobuf";
import { createFileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { describe, expect, test } from "vitest";
import { root } from "./source-files.ts";

const buf = (...args: string[]) => execFileSync(join(root, "node_modules/.bin/buf"), args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
const image = fromBinary(FileDescriptorSetSchema, buf("build", "-o", "-#format=binpb"));

describe("buf", () => {
  test("lint finds nothing", () => {
    expect(buf("lint").toString()).toBe("");
  });
  test("format changes nothing", () => {
    expect(buf("format", "--diff").toString()).toBe("");
  });
  test("nothing breaks against the released schema", () => {
    expect(buf("breaking", "proto", "--against", "proto/released.binpb").toString()).toBe("");
  });
});

test("the vendored validation rules equal those of the npm package", () => {
  const vendored = image.file.find((file) => file.name === "buf/validate/validate.proto");
  if (!vendored) throw new Error("validate.proto is not part of the image");
  const json = (file: typeof vendored) => {
    const { sourceCodeInfo: _, ...rest } = toJson(FileDescriptorProtoSchema, file) as Record<string, unknown>;
    return rest;
  };
  expect(json(vendored)).toEqual(json(file_buf_validate_validate.proto));
});

describe("types that application code can use without thinking", () => {
  const registry = createFileRegistry(image);
  const messages = [...registry].filter((type) => type.kind === "message" && type.typeName.startsWith("nim."));
  const wide = new Set<ScalarType | undefined>([ScalarType.INT64, ScalarType.UINT64, ScalarType.SINT64, ScalarType.FIXED64, ScalarType.SFIXED64]);

  test("no field is a 64-bit integer, a timestamp or a map", () => {
    expect(messages.length).toBeGreaterThan(100);
    const wrong = messages.flatMap((type) =>
      type.kind === "message"
        ? type.fields.filter((field) => wide.has(field.scalar) || field.fieldKind === "map" || field.message?.typeName === "google.protobuf.Timestamp").map((field) => `${type.typeName}.${field.name}`)
        : [],
    );
    expect(wrong).toEqual([]);
  });
});

test("generated files are marked", () => {
  expect(readFileSync(join(root, ".gitattributes"), "utf8")).toContain("src/gen/**");
});
