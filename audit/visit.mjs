// One cold visit of a phone to each address, by Lighthouse: node visit.mjs ADDRESS … prints a line of JSON for each.
// The slow line is simulated; a second visit, over a line that is really slowed, sees when the largest paint comes.
// Each visit has a browser of its own, for which every host but 127.0.0.1 is mapped to nothing.
import process from "node:process";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

// Addresses that held the first paint back, as the browser itself says.
const blocking = (trace) => trace.traceEvents
  .filter(({ name, args }) => name === "ResourceSendRequest" && args.data.renderBlocking === "blocking")
  .map(({ args }) => args.data.url);

// What falls short of a category's full score, with its reason where the report has one.
const short = ({ audits, categories }) => Object.values(categories).flatMap(({ id, auditRefs }) => auditRefs
  .filter((ref) => ref.weight && audits[ref.id].score !== null && audits[ref.id].score < 1)
  .map((ref) => ({ category: id, audit: ref.id, score: audits[ref.id].score, value: audits[ref.id].displayValue ?? "" })));

async function report(address, asked) {
  const chrome = await launch({ chromeFlags: FLAGS, chromePath: process.env.CHROME_PATH, logLevel: "silent" });
  try {
    const found = await lighthouse(address, { port: chrome.port, logLevel: "silent", ...asked });
    if (found.lhr.runtimeError) throw new Error(`${address}: ${found.lhr.runtimeError.message}`);
    return found;
  } finally {
    await chrome.kill();
  }
}

async function visit(address) {
  const { lhr, artifacts } = await report(address, { onlyCategories: CATEGORIES });
  const slowed = await report(address, { onlyAudits: ["largest-contentful-paint"], throttlingMethod: "devtools" });
  const files = lhr.audits["network-requests"].details.items.map((item) => ({ url: item.url, bytes: item.transferSize, status: item.statusCode, type: item.resourceType ?? "", priority: item.priority ?? "" }));
  return {
    fcp: lhr.audits["first-contentful-paint"].numericValue,
    lcp: lhr.audits["largest-contentful-paint"].numericValue,
    seen: slowed.lhr.audits["largest-contentful-paint"].numericValue,
    tbt: lhr.audits["total-blocking-time"].numericValue,
    scores: CATEGORIES.map((id) => Math.round(100 * lhr.categories[id].score)),
    files,
    blocking: blocking(artifacts.Trace ?? artifacts.traces.defaultPass),
    short: short(lhr),
  };
}

for (const address of process.argv.slice(2)) {
  console.error(`visiting ${address}`);
  console.log(JSON.stringify(await visit(address)));
}
