// What a trail records besides management events.
import type * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import { checkCall } from '../core/arguments';
import * as settings from '../services/cloudtrail/settings';

type Selector = cloudtrail.CfnTrail.AdvancedEventSelectorProperty;

/**
 * What a trail records besides management events: reads and writes of data, and refused calls through VPC endpoints.
 *
 * Each event is paid for.
 */
export class DataEvents {
  /**
   * Reads and writes of objects in all buckets. The trail's own bucket and the log bucket are left out: recording the delivery
   * of a record would never end.
   *
   * @param except other buckets to leave out, for example those that take logs
   */
  public static s3Objects(...except: s3.IBucket[]): DataEvents {
    checkCall('DataEvents.s3Objects', undefined, ...except);
    if (except.some(b => typeof b?.bucketArn !== 'string')) {
      throw new Error("'except' has something that is no bucket: give an s3.IBucket for each");
    }
    return new DataEvents(logBuckets => settings.s3Objects([...logBuckets, ...except].map(b => b.bucketArn)), except);
  }

  /** Reads and writes of items in DynamoDB tables. */
  public static dynamoDbTables(): DataEvents { return DataEvents.ofType('AWS::DynamoDB::Table'); }

  /** Calls of Lambda functions. */
  public static lambdaFunctions(): DataEvents { return DataEvents.ofType('AWS::Lambda::Function'); }

  /** Messages that are published to SNS topics. */
  public static snsTopics(): DataEvents { return DataEvents.ofType('AWS::SNS::Topic'); }

  /** Messages that are sent to and received from SQS queues. */
  public static sqsQueues(): DataEvents { return DataEvents.ofType('AWS::SQS::Queue'); }

  /**
   * Data events of a resource type.
   *
   * @param resourceType a type that CloudTrail has data events for, for example `AWS::KinesisVideo::Stream`
   */
  public static ofType(resourceType: string): DataEvents {
    checkCall('DataEvents.ofType', undefined, resourceType);
    if (!Token.isUnresolved(resourceType) && !/^AWS::\w+::\w+$/.test(resourceType)) {
      throw new Error(`'resourceType' is '${resourceType}': give a type such as 'AWS::DynamoDB::Table'`);
    }
    if (resourceType === 'AWS::S3::Object') {
      throw new Error("'resourceType' is 'AWS::S3::Object': take 'DataEvents.s3Objects()', which leaves out the buckets that take logs");
    }
    return new DataEvents(() => settings.dataEvents(resourceType));
  }

  /**
   * Calls through VPC endpoints that the endpoint's policy refused: somebody tried to reach what the network must not reach.
   *
   * @param eventSource the service, for example `s3.amazonaws.com`
   */
  public static refusedByEndpoint(eventSource: string): DataEvents {
    checkCall('DataEvents.refusedByEndpoint', undefined, eventSource);
    return new DataEvents(() => settings.refusedByEndpoint(eventSource));
  }

  private constructor(
    private readonly selector: (logBuckets: s3.IBucket[]) => Selector,
    /** @internal */
    public readonly _except: readonly s3.IBucket[] = [],
  ) {
  }

  /**
   * The selector for a trail with these log buckets.
   *
   * @internal
   */
  public _selector(logBuckets: s3.IBucket[]): Selector {
    return this.selector(logBuckets);
  }
}
