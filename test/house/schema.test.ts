// Rules about the schema that no linter knows.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, fromBinary, ScalarType, toBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { describe, expect, test } from "vitest";
import { root } from "./source-files.ts";

const buf = (...args: string[]) =>
  execFileSync(join(root, "node_modules/.bin/buf"), args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
/** What `buf breaking` says of an image against the released one. Two images, because a workspace of two modules cannot be compared with one. */
const breaking = (current: Uint8Array) =>
  spawnSync(
    join(root, "node_modules/.bin/buf"),
    [
      "breaking",
      "-#format=binpb",
      "--against",
      "proto/released.binpb",
      "--config",
      '{"version":"v2","breaking":{"use":["FILE"]}}',
    ],
    {
      cwd: root,
      input: current,
      encoding: "utf8",
    },
  ).stdout;
const image = fromBinary(FileDescriptorSetSchema, buf("build", "-o", "-#format=binpb"));

describe("buf", () => {
  test("lint finds nothing", () => {
    expect(buf("lint").toString()).toBe("");
  });
  test("format changes nothing", () => {
    expect(buf("format", "--diff").toString()).toBe("");
  });
  test("nothing breaks against the released schema", () => {
    expect(breaking(buf("build", "-o", "-#format=binpb"))).toBe("");
  });
  test("a field that moves to another number is noticed", () => {
    const moved = structuredClone(image);
    const message = moved.file
      .find((file) => file.name === "nim/v1/message.proto")
      ?.messageType.find((type) => type.name === "Message");
    const field = message?.field.find(({ name }) => name === "text");
    if (!field) throw new Error("nim.v1.Message.text is gone");
    field.number = 999;
    expect(breaking(toBinary(FileDescriptorSetSchema, moved))).toContain('field "4" with name "text"');
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
  const wide = new Set<ScalarType | undefined>([
    ScalarType.INT64,
    ScalarType.UINT64,
    ScalarType.SINT64,
    ScalarType.FIXED64,
    ScalarType.SFIXED64,
  ]);

  test("no field is a 64-bit integer, a timestamp or a map", () => {
    expect(messages.length).toBeGreaterThan(100);
    const wrong = messages.flatMap((type) =>
      type.kind === "message"
        ? type.fields
            .filter(
              (field) =>
                wide.has(field.scalar) ||
                field.fieldKind === "map" ||
                field.message?.typeName === "google.protobuf.Timestamp",
            )
            .map((field) => `${type.typeName}.${field.name}`)
        : [],
    );
    expect(wrong).toEqual([]);
  });
});

test("generated files are marked", () => {
  expect(readFileSync(join(root, ".gitattributes"), "utf8")).toContain("src/gen/**");
});
