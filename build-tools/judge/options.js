// What the command takes.

const HELP = `usage: cdk-hardened judge [options] [CDK_OUT | TEMPLATE]…

Has six independent judges judge cloud assemblies (output folders of 'cdk synth') or CloudFormation templates (JSON or YAML):
cdk-nag (six packs), CloudFormation Validate, cdk-preflight, the Control Tower Guard rules, cfn-lint and checkov. What no reason
explains is shown by rule, and is an error. Without a name, cdk.out is judged.

Reasons are those that stand in the assembly (acknowledgements, as KnownFindings.acknowledge(app) writes them, and what constructs
of cdk-hardened say of themselves), and those of your own list.

  --accepted FILE        your list: { "accepted": [{ "rule", "judges": […], "resource", "reason" }] }; "resource" is a construct path
                         or a logical ID, with * for anything
  --write-accepted FILE  writes such a list, with a row for each unexplained finding; the reasons are for you to write
  --sarif FILE           writes all findings as SARIF 2.1.0, for code scanning
  --json FILE            where all findings go, with their reasons (judgement.json)
  -h, --help             this text

The judges are installed on the first run, in exact versions, into a cache of yours; CDK_HARDENED_CACHE names another folder.
cfn-lint and checkov need Python 3.11 or later (PYTHON names it), and are skipped aloud without it; with CI set that is an error.

Ends with 0: nothing unexplained; 1: findings, or a judge did not run; 2: it could not judge; 130, 143: it was interrupted.`;

const TAKES_FILE = { '--accepted': 'accepted', '--write-accepted': 'writeAccepted', '--sarif': 'sarif', '--json': 'json' };

/** @returns {dirs, help, accepted, writeAccepted, sarif, json} */
function options(args) {
  const found = { dirs: [], json: 'judgement.json' };
  for (let i = 0; i < args.length; i++) {
    const [, name, value] = /^(--[^=]+)(?:=(.*))?$/s.exec(args[i]) ?? [];
    const field = TAKES_FILE[name];
    if (args[i] === '--help' || args[i] === '-h') {
      found.help = true;
    } else if (field !== undefined) {
      const file = value ?? args[++i];
      if (!file || (value === undefined && file.startsWith('-'))) { throw new Error(`${name} names no file; write ${name} FILE`); }
      found[field] = file;
    } else if (args[i].startsWith('-')) {
      throw new Error(`there is no option "${args[i]}"; use: judge ${Object.keys(TAKES_FILE).map(o => `[${o} FILE]`).join(' ')} [CDK_OUT | TEMPLATE]…, or --help`);
    } else {
      found.dirs.push(args[i]);
    }
  }
  return found;
}

module.exports = { HELP, options };
