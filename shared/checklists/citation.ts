import { isHealthRegulation, isSecurityControl } from './framework-ids.ts';

/**
 * The shapes of citations and of ids in the frameworks a checklist may point to. A citation of a source we do not know is
 * accepted as it stands; one that names a known source has to have that source's shape.
 */

/** 45 CFR 164.308(a)(1)(ii)(A); definitions carry their term: 164.402(Breach)(2)(i). */
const federalRegulation = /^45 CFR 1(?:60|62|64)\.\d{3}(?:\([A-Za-z0-9][A-Za-z0-9 ]*\))*$/;
/** GDPR Art. 5(1)(a). */
const generalDataProtection = /^GDPR Art\. [1-9]\d?(?:\(\d{1,2}\))?(?:\([a-z]\))?$/;
/** NIST SP 800-53 Rev. 5 AU-3(1). */
const securityControl = /^NIST SP 800-53 Rev\. 5 [A-Z]{2}-[1-9]\d?(?:\([1-9]\d?\))?$/;

const shapes: readonly { readonly starts: RegExp; readonly shape: RegExp }[] = [
  { starts: /^45\s*C\.?F\.?R/i, shape: federalRegulation },
  { starts: /^(?:GDPR|Art\.|Article)\b/i, shape: generalDataProtection },
  { starts: /^(?:NIST )?SP 800-53\b/i, shape: securityControl },
];

/** Whether a citation has the shape of the source it names. */
export function isCitation(text: string): boolean {
  return shapes.find(({ starts }) => starts.test(text))?.shape.test(text) ?? true;
}

/**
 * Whether what a well-formed citation names is there: an active control of SP 800-53, a section of 45 CFR Part 164. Other
 * sources and the paragraphs of a section are not known here.
 */
export function isKnownCitation(text: string): boolean {
  const regulation = /^45 CFR (.+)$/.exec(text)?.[1];
  if (regulation !== undefined) return isHealthRegulation(regulation);
  const control = /^NIST SP 800-53 Rev\. 5 ([A-Z]{2}-\d+)(?:\((\d+)\))?$/.exec(text);
  if (control?.[1] === undefined) return true;
  return isSecurityControl(`${control[1].toLowerCase()}${control[2] === undefined ? '' : `.${control[2]}`}`);
}

const frameworkIds: ReadonlyMap<string, RegExp> = new Map([
  ['hipaa', /^16[024]\.\d{3}(?:\([A-Za-z0-9][A-Za-z0-9 ]*\))*$/],
  ['gdpr', /^Art\. [1-9]\d?(?:\(\d{1,2}\))?(?:\([a-z]\))?$/],
]);

/** Whether an id is one of a framework, or has the shape of its ids; ids of frameworks we do not know are accepted. */
export function isCrosswalkId(framework: string, id: string): boolean {
  if (framework === 'nist-800-53r5') return isSecurityControl(id);
  if (framework === 'hipaa' && !isHealthRegulation(id)) return false;
  return frameworkIds.get(framework)?.test(id) ?? true;
}
