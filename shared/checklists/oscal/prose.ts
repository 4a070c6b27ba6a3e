import type { Parameter } from './model.ts';

/** The prose of OSCAL parts as plain text: parameters filled in, links and emphasis taken off. */

const insertion = /\{\{\s*(?:insert:\s*param,\s*)?([^\s{}]+)\s*\}\}/g;
/** Choices may insert parameters that have choices; nobody nests them deeper than this. */
const deepest = 5;

/** Fills in a parameter's value, its choices, or what is to be assigned. */
export function plainProse(prose: string, parameters: ReadonlyMap<string, Parameter>, depth = 0): string {
  const filled = prose.replace(insertion, (_, id: string) => describeParameter(id, parameters, depth));
  return filled
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*?|__?)(\S(?:.*?\S)?)\1/g, '$2')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:])/g, '$1')
    .trim();
}

function describeParameter(id: string, parameters: ReadonlyMap<string, Parameter>, depth: number): string {
  const parameter = parameters.get(id);
  if (parameter === undefined || depth >= deepest) return `[Assignment: ${id}]`;
  if (parameter.values !== undefined && parameter.values.length > 0)
    return parameter.values.map((value) => plainProse(value, parameters, depth + 1)).join(', ');
  const choices = parameter.select?.choice;
  if (choices === undefined || choices.length === 0) return `[Assignment: ${parameter.label ?? id}]`;
  const many = parameter.select?.['how-many'] === 'one-or-more' ? ' (one or more)' : '';
  return `[Selection${many}: ${choices.map((choice) => plainProse(choice, parameters, depth + 1)).join('; ')}]`;
}
