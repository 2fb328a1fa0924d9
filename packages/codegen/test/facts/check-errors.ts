import type { ApiModel } from "../../src/model/api-model.ts";
import type { ModuleFacts } from "./facts.ts";

/** Stands for "no code was given" and is no error of anybody. */
const NO_CODE = 0;

/** Checks the error codes of a model: all known ones are there, complete, and used by numbers that exist. */
export function checkErrors(model: ApiModel, { errorNumbers }: ModuleFacts): readonly string[] {
  const problems: string[] = [];
  const numbers = new Set(model.errors.map((error) => error.number));
  for (const number of new Set([...errorNumbers.module, ...errorNumbers.server])) {
    if (!numbers.has(number)) problems.push(`ErrorCode: ${number} is missing`);
  }
  const type = model.enums.find(({ typeName }) => typeName === "nim.v1.ErrorCode");
  if (!type) problems.push("ErrorCode: the enum is missing");
  for (const { name, number } of type?.values ?? []) {
    if (!numbers.has(number)) problems.push(`${name}: has no error option`);
  }
  for (const { name, number, origin, text } of model.errors) {
    if (!origin && number !== NO_CODE) problems.push(`${name}: says nothing about its origin`);
    if (text.en === "") problems.push(`${name}: has no English text`);
    if (text.zh === "") problems.push(`${name}: has no Chinese text`);
  }
  for (const { rpcName, errors } of model.services.flatMap((service) => service.methods)) {
    for (const number of errors) {
      if (!numbers.has(number)) problems.push(`${rpcName}: lists error ${number}, which ErrorCode lacks`);
    }
    const twice = errors.filter((number, index) => errors.indexOf(number) < index);
    for (const number of twice) problems.push(`${rpcName}: lists error ${number} twice`);
  }
  return problems;
}
