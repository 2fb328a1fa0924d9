import type { ApiModel, ElementModel } from "../model/api-model.ts";
import { checkCodes } from "./check-codes.ts";
import { checkFields } from "./check-fields.ts";
import { checkModule } from "./check-module.ts";
import { checkTexts } from "./check-texts.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** One kind of check: reads the model, gives findings. */
export type Check = (model: ApiModel) => readonly Diagnostic[];

/** Runs every check. */
export function checkModel(model: ApiModel): readonly Diagnostic[] {
  return [checkModule, checkCodes, checkFields, checkTexts].flatMap((check) => check(model));
}

/** A finding of severity error at an element. */
export function errorAt(element: Pick<ElementModel, "source">, code: string, message: string, fix: string): Diagnostic {
  return { code, severity: "error", source: element.source, message, fix };
}
