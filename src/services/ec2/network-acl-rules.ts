// The tables of the network ACLs: what each tier lets in and out.
import { HTTPS_PORT } from './facts';

/** What the rules of the network ACLs depend on. */
export interface NetworkAclOptions {
  /** The tiers' blocks. */
  readonly publicCidr: string;
  readonly applicationCidr: string;
  readonly dataCidr: string;
  readonly applicationPort: number;
  readonly databasePort: number;
  /** Whether clients may come by port 80, to be redirected. */
  readonly publicHttp: boolean;
  /** Blocks that the public tier refuses altogether. */
  readonly denyCidrs: string[];
}

/** One rule of a network ACL. */
export interface NetworkAclRule {
  readonly number: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  /** -1 all, 1 ICMP, 6 TCP. */
  readonly protocol: number;
  readonly cidr: string;
  /** First and last port, of TCP rules. */
  readonly ports?: number[];
  /** Type and code, of ICMP rules. */
  readonly icmp?: number[];
}

const ANYWHERE = '0.0.0.0/0';
/** What load balancer nodes and other AWS clients choose source ports from. */
const EPHEMERAL = [1024, 65535];
/** What Linux chooses source ports from, rounded up. It leaves out 3389. */
const LINUX_EPHEMERAL = [32768, 65535];

type Direction = Pick<NetworkAclRule, 'egress'>;
const IN: Direction = { egress: false };
const OUT: Direction = { egress: true };

function tcp(direction: Direction, number: number, cidr: string, ports: number | number[]): NetworkAclRule {
  return { ...direction, number, action: 'allow', protocol: 6, cidr, ports: Array.isArray(ports) ? ports : [ports, ports] };
}

function denyAll(direction: Direction, number: number, cidr: string): NetworkAclRule {
  return { ...direction, number, action: 'deny', protocol: -1, cidr };
}

/** "Fragmentation needed": without it large packets vanish on their way to a client with a smaller MTU. */
function pathMtu(direction: Direction): NetworkAclRule {
  return { ...direction, number: 160, action: 'allow', protocol: 1, cidr: ANYWHERE, icmp: [3, 4] };
}

/** Load balancer nodes: clients on one side, the application on the other, never the data tier. */
export function publicTier(o: NetworkAclOptions): NetworkAclRule[] {
  return [
    ...o.denyCidrs.map((cidr, i) => denyAll(IN, 10 + i, cidr)),
    denyAll(IN, 50, o.dataCidr),
    tcp(IN, 100, ANYWHERE, HTTPS_PORT),
    ...o.publicHttp ? [tcp(IN, 110, ANYWHERE, 80)] : [],
    tcp(IN, 120, o.applicationCidr, EPHEMERAL), // answers of the application
    pathMtu(IN),
    denyAll(OUT, 50, o.dataCidr),
    tcp(OUT, 100, o.applicationCidr, o.applicationPort),
    tcp(OUT, 110, ANYWHERE, EPHEMERAL), // answers to clients
    pathMtu(OUT),
  ];
}

/**
 * The application and the interface endpoints. Gateway endpoints have public addresses, and a network ACL knows no prefix lists:
 * it lets 443 out to anywhere, and routes, security groups and endpoint policies say where to.
 */
export function applicationTier(o: NetworkAclOptions): NetworkAclRule[] {
  return [
    tcp(IN, 100, o.publicCidr, o.applicationPort),
    tcp(IN, 110, o.applicationCidr, HTTPS_PORT), // to an endpoint in another zone
    tcp(IN, 120, o.dataCidr, EPHEMERAL), // answers of the database
    tcp(IN, 130, o.applicationCidr, EPHEMERAL), // answers inside the tier, and the application's port between zones
    tcp(IN, 140, ANYWHERE, LINUX_EPHEMERAL), // answers of S3 and DynamoDB
    tcp(OUT, 100, o.dataCidr, o.databasePort),
    tcp(OUT, 110, ANYWHERE, HTTPS_PORT), // endpoints of both kinds
    tcp(OUT, 120, o.publicCidr, EPHEMERAL), // answers to the load balancer
    tcp(OUT, 130, o.applicationCidr, o.applicationPort), // service to service
    tcp(OUT, 140, o.applicationCidr, EPHEMERAL), // answers inside the tier
  ];
}

/** The database: asked by the application, and replicated inside its tier. */
export function dataTier(o: NetworkAclOptions): NetworkAclRule[] {
  return [
    tcp(IN, 100, o.applicationCidr, o.databasePort),
    tcp(IN, 110, o.dataCidr, o.databasePort),
    tcp(IN, 115, o.dataCidr, EPHEMERAL),
    tcp(OUT, 100, o.applicationCidr, EPHEMERAL), // answers to the application
    tcp(OUT, 110, o.dataCidr, o.databasePort),
    tcp(OUT, 115, o.dataCidr, EPHEMERAL),
  ];
}
