/** Between what an Aurora Serverless v2 instance scales, in Aurora capacity units of about 2 GiB of memory. */
export interface ServerlessCapacity {
  /** The least, from 0.5, in steps of 0.5. Under 2, Database Insights leaves too little memory to the database. */
  readonly minCapacity: number;

  /** The most, from 1 to 256, in steps of 0.5. */
  readonly maxCapacity: number;
}
