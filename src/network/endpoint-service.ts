import { checkCall } from '../core/arguments';

/** An AWS service that the application tier reaches by an interface endpoint. */
export class EndpointService {
  /** The API of ECR: authorization and image manifests. Every task on Fargate needs it. */
  public static ecrApi(): EndpointService { return new EndpointService('ecr.api'); }

  /** The registry of ECR. Image layers come from S3, through its gateway endpoint. */
  public static ecrDocker(): EndpointService { return new EndpointService('ecr.dkr'); }

  /** CloudWatch Logs. */
  public static logs(): EndpointService { return new EndpointService('logs'); }

  /** CloudWatch metrics. */
  public static monitoring(): EndpointService { return new EndpointService('monitoring'); }

  /** X-Ray. */
  public static xray(): EndpointService { return new EndpointService('xray'); }

  /** Secrets Manager. */
  public static secretsManager(): EndpointService { return new EndpointService('secretsmanager'); }

  /** KMS, for applications that encrypt by themselves. */
  public static kms(): EndpointService { return new EndpointService('kms'); }

  /** STS, for applications that assume roles. */
  public static sts(): EndpointService { return new EndpointService('sts'); }

  /** Systems Manager: parameters and managed nodes. */
  public static ssm(): EndpointService { return new EndpointService('ssm'); }

  /** Sessions of Session Manager and ECS Exec. */
  public static ssmMessages(): EndpointService { return new EndpointService('ssmmessages'); }

  /** The EC2 API. */
  public static ec2(): EndpointService { return new EndpointService('ec2'); }

  /** Telemetry of GuardDuty Runtime Monitoring, which makes this endpoint by itself where there is none. */
  public static guardDutyData(): EndpointService { return new EndpointService('guardduty-data'); }

  /** SQS. */
  public static sqs(): EndpointService { return new EndpointService('sqs'); }

  /** SNS. */
  public static sns(): EndpointService { return new EndpointService('sns'); }

  /**
   * Any other service.
   *
   * @param name the last part of the endpoint service's name: `events` of `com.amazonaws.eu-central-1.events`
   */
  public static of(name: string): EndpointService {
    checkCall('EndpointService.of', undefined, name);
    return new EndpointService(name);
  }

  private constructor(
    /** The last part of the endpoint service's name. */
    public readonly name: string,
  ) {
  }
}
