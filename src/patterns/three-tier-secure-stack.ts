import { Stack, StackProps } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ThreeTierApplication } from './three-tier-application';
import { ThreeTierApplicationProps } from './three-tier-props';
import { checkNew } from '../core/arguments';

const DESCRIPTION = 'A three-tier application, defended in depth';

/** Properties of a three-tier stack: those of any stack and those of the application. */
export interface ThreeTierSecureStackProps extends StackProps, ThreeTierApplicationProps {
}

/**
 * A stack with one `ThreeTierApplication`, protected from termination.
 *
 * Everything is in the application; take that for a stack of your own.
 */
export class ThreeTierSecureStack extends Stack {
  /** The application, with each of its parts as a field. */
  public readonly application: ThreeTierApplication;

  constructor(scope: Construct, id: string, props: ThreeTierSecureStackProps) {
    checkNew('ThreeTierSecureStack', scope, id, props);
    super(scope, id, {
      analyticsReporting: props.analyticsReporting,
      crossRegionReferences: props.crossRegionReferences,
      description: props.description ?? DESCRIPTION,
      env: props.env ?? undefined,
      notificationArns: props.notificationArns,
      permissionsBoundary: props.permissionsBoundary,
      propertyInjectors: props.propertyInjectors,
      stackName: props.stackName,
      suppressTemplateIndentation: props.suppressTemplateIndentation,
      synthesizer: props.synthesizer,
      tags: props.tags,
      terminationProtection: props.terminationProtection ?? props.disposable === undefined,
    });
    this.application = new ThreeTierApplication(this, 'Application', {
      accountServices: props.accountServices,
      application: props.application,
      certificate: props.certificate,
      data: props.data,
      disposable: props.disposable,
      domain: props.domain,
      hostNames: props.hostNames,
      network: props.network,
      notify: props.notify,
      waivers: props.waivers,
    });
  }
}
