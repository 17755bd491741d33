// `npm run demo:deploy`: deploys the example with the stock AWS CDK CLI to an emulator on this machine, changes it, lets a
// change fail, moves constructs, and destroys it. It answers whether the graph deploys, never whether it is secure: the emulator
// ignores security properties. No AWS account, no credentials; needs Python 3.10 or later. docs: build-tools/emulator/README.md
const fs = require('fs');
const { Trip } = require('./emulator/trip');

/** In this order; each file says what its steps show. */
const STEPS = ['begin', 'deploy', 'change', 'move', 'destroy'].flatMap(name => require(`./emulator/${name}`));
const LIMIT_SECONDS = 240;

const started = Date.now();
const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;

async function roundTrip(trip) {
  for (const [what, act] of STEPS) {
    const since = Date.now();
    process.stdout.write(`${what} …`);
    try {
      console.log(` ${(await act(trip)) ?? 'done'}  (${seconds(since)})`);
    } catch (e) {
      console.log(' FAILED');
      throw e;
    }
  }
}

/** The last that the emulator said. */
function serverLog({ server }) {
  if (!server || !fs.existsSync(server.logFile)) { return ''; }
  return `\nThe emulator's last words:\n${server.log().trim().split('\n').slice(-15).join('\n')}`;
}

/** Fails when it takes too long, or when somebody ends this process. */
function interruption() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the round trip took longer than ${LIMIT_SECONDS} seconds`)), LIMIT_SECONDS * 1000);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) { process.once(signal, () => reject(new Error(`interrupted by ${signal}`))); }
  });
}

async function main() {
  const trip = new Trip();
  const failures = [];
  await Promise.race([roundTrip(trip), interruption()]).catch(e => failures.push(e.message, serverLog(trip)));
  await trip.end().catch(e => failures.push(e.message));
  if (failures.length > 0) {
    console.error(`\n${failures.join('\n')}\n\nFAILED after ${seconds(started)}`);
    process.exit(1);
  }
  console.log(`Stopped the emulator\n\nDeployed, changed, rolled back, moved and destroyed in ${seconds(started)}`);
  process.exit(0);
}

main();
