import type { WriterFunction } from "ts-morph";

import type { ApiModel } from "../model/api-model.ts";
import { writeDoc } from "../print/comments.ts";
import type { Output } from "../print/output.ts";

/** Turns the model into files. */
export type Emitter = (model: ApiModel, out: Output) => void;

/** An exported constant with a doc comment. Written as it stands: ts-morph would indent a table twice. */
export function exportedConst(name: string, doc: string, initializer: string, type?: string): WriterFunction {
  return (writer) => {
    writer.blankLineIfLastNot();
    writeDoc(writer, doc);
    writer.write(`export const ${name}${type === undefined ? "" : `: ${type}`} = `);
    for (const [index, line] of initializer.split("\n").entries()) writer.conditionalNewLine(index > 0).write(line);
    writer.write(";").newLine();
  };
}
