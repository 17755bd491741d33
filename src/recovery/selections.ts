// What a plan selects.
import * as settings from '../services/backup/settings';

/** What a plan selects: resources by their ARNs, all together, and each tag for itself. */
export class Selections {
  private readonly arns: string[] = [];
  private readonly tags: settings.Selection[] = [];

  /** Adds a resource. */
  public addResource(arn: string): void {
    this.arns.push(arn);
  }

  /** Adds all that has a tag. */
  public addTag(key: string, value: string): void {
    this.tags.push(settings.tagged(`Tag${this.tags.length}`, key, value));
  }

  /** All selections. */
  public get all(): settings.Selection[] {
    return [...this.arns.length > 0 ? [settings.named('Resources', this.arns)] : [], ...this.tags];
  }
}
