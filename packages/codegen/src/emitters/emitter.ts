import { StructureKind, type VariableStatementStructure, VariableDeclarationKind } from 'ts-morph';

import type { ApiModel } from '../model/api-model.ts';
import { docs } from '../print/comments.ts';
import type { Output } from '../print/output.ts';

/** Turns the model into files. */
export type Emitter = (model: ApiModel, out: Output) => void;

/** An exported constant with a doc comment. */
export function exportedConst(name: string, doc: string, initializer: string, type?: string): VariableStatementStructure {
  return {
    kind: StructureKind.VariableStatement,
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    docs: docs([doc]),
    declarations: [{ name, initializer, ...(type === undefined ? {} : { type }) }],
  };
}
