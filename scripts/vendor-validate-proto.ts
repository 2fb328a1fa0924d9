// Writes proto/third_party/buf/validate/validate.proto from the descriptor that @bufbuild/protovalidate ships.
// Run after an upgrade of that package; a test compares the result with the package.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRegistry } from "@bufbuild/protobuf";
import { file_google_protobuf_descriptor } from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { printProto } from "./print-proto.ts";

const NOTICE = `// Protovalidate's rules, printed from the descriptor in the npm package @bufbuild/protovalidate.
// Copyright Buf Technologies, Inc. Licensed under the Apache License, Version 2.0.
// Do not edit: run scripts/vendor-validate-proto.ts instead.
`;
const target = new URL("../proto/third_party/buf/validate/validate.proto", import.meta.url);
mkdirSync(new URL(".", target), { recursive: true });
const registry = createRegistry(file_google_protobuf_descriptor, file_buf_validate_validate);
writeFileSync(target, NOTICE + printProto(file_buf_validate_validate.proto, registry));
execFileSync("npx", ["buf", "format", "-w", "proto/third_party"], { stdio: "inherit" });
