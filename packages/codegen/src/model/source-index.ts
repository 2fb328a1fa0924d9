import type { FileDescriptorProto, SourceCodeInfo_Location } from "@bufbuild/protobuf/wkt";

import type { SourcePosition } from "./api-model.ts";

/** Looks up positions and comments of one file by descriptor path. */
export interface SourceIndex {
  /** Position of the element at this path, or of its nearest known parent. */
  position(path: readonly number[]): SourcePosition;
  /** Leading comment, else the trailing one, without its margin. */
  comment(path: readonly number[]): string;
}

/** Indexes a file's source info once; a search per element would make large files quadratic. */
export function createSourceIndex(file: FileDescriptorProto, root: string): SourceIndex {
  const locations = new Map<string, SourceCodeInfo_Location>();
  for (const location of file.sourceCodeInfo?.location ?? []) {
    const key = location.path.join(".");
    if (!locations.has(key)) locations.set(key, location);
  }
  const name = root === "" || root === "." ? file.name : `${root}/${file.name}`;
  return {
    position(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const location = locations.get(path.slice(0, length).join("."));
        if (location) return { file: name, line: (location.span[0] ?? 0) + 1, column: (location.span[1] ?? 0) + 1 };
      }
      return { file: name, line: 1, column: 1 };
    },
    comment(path) {
      const location = locations.get(path.join("."));
      const text = location?.leadingComments || location?.trailingComments || "";
      return text
        .split(/\r?\n/)
        .map((line) => line.replace(/^ /, "").trimEnd())
        .join("\n")
        .trim();
    },
  };
}
