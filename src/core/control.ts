import type { RenderedResource, RenderedTemplate } from './template';

/**
 * How far a control may be lowered.
 *
 * - floor: never
 * - default: by a waiver with a reason
 * - durability: by a waiver, or by declaring the whole scope disposable
 */
export type ControlKind = 'floor' | 'default' | 'durability';

/** One control: what it is called, what it prevents, who asks for it, and the predicate that tells whether a resource has it. */
export interface Control {
  readonly id: string;
  /** What holds, as a sentence fragment: "the key rotates every year or sooner". */
  readonly title: string;
  /** What goes wrong without it. */
  readonly prevents: string;
  readonly kind: ControlKind;
  /** CloudFormation types that it is claimed on. */
  readonly types: string[];
  /** The property that carries it, for messages: `EnableKeyRotation`. */
  readonly property: string;
  /** What to do when it does not hold. */
  readonly mend: string;
  /** CIS AWS Foundations Benchmark v7.0.0 recommendations. */
  readonly cis?: string[];
  /** AWS Foundational Security Best Practices and other Security Hub control IDs. */
  readonly fsbp?: string[];
  /** NIST SP 800-53 r5 controls. */
  readonly nist?: string[];
  /** PCI DSS v4.0.1 requirements. */
  readonly pci?: string[];
  /** Pure: reads the rendered resource, and others of its template where the control is about a relation. */
  readonly holds: (resource: RenderedResource, template: RenderedTemplate) => boolean;
  /**
   * What is added to the resource, in this stack or in another one of the app, and breaks the control: a policy, a rule, a listener,
   * a subscription. The template is that of the whole assembly where stacks touch each other. A default is waived where the addition
   * is made.
   */
  readonly breaks?: (resource: RenderedResource, template: RenderedTemplate) => readonly RenderedResource[];
  /** What of the resource, or of what was added to it, breaks the control, for messages: the Sid and the principal of a statement. */
  readonly tells?: (resource: RenderedResource, template: RenderedTemplate) => readonly string[];
}

/** `holds` of a control that is about additions alone: nothing of the resource itself can break it. */
export const ADDITIONS_ONLY = () => true;

/** NIST SP 800-53 r5 groups that recur in AWS's own mappings. */
export const NIST = {
  atRest: ['CA-9(1)', 'CM-3(6)', 'SC-7(10)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'],
  inTransit: ['AC-4', 'AC-17(2)', 'IA-5(1)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)', 'SC-12(3)', 'SC-13', 'SC-23', 'SC-23(3)', 'SI-7(6)'],
  notPublic: ['AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'AC-21', 'SC-7', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)', 'SC-7(11)', 'SC-7(16)',
    'SC-7(20)', 'SC-7(21)'],
  logging: ['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-2', 'AU-3', 'AU-6(3)', 'AU-6(4)', 'AU-10', 'AU-12', 'CA-7', 'SC-7(9)', 'SI-3(8)',
    'SI-4(20)', 'SI-7(8)'],
  resilience: ['CP-6', 'CP-6(1)', 'CP-6(2)', 'CP-9', 'CP-10', 'SC-5(2)', 'SI-12', 'SI-13(5)'],
  leastPrivilege: ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6', 'AC-6(3)'],
  configuration: ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3'],
  vulnerabilities: ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
  network: ['AC-4(21)', 'CM-7', 'SC-7', 'SC-7(5)', 'SC-7(21)'],
};
