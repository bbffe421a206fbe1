/**
 * Maps and plans a first load in this process, so that the memory measured is that of one approach.
 * `npx tsx bench/mapping/run.ts ours|naive [documents]` prints one JSON object.
 */
import { distributionCount } from './books';
import { mapAndPlanPerItem } from './naive';
import { mapAndPlan } from './ours';

const [approach, given] = process.argv.slice(2);
const documents = Number(given ?? 25_000);
const idle = process.memoryUsage().rss;
// Processor time, so that what else the machine does is not counted.
const begin = process.cpuUsage();
const { lines, costs } = (approach === 'naive' ? mapAndPlanPerItem : mapAndPlan)(documents);
const { user, system } = process.cpuUsage(begin);
const seconds = (user + system) / 1e6;
const distributions = distributionCount(documents);
// The kernel's own high-water mark, in kilobytes: nothing between two samples is missed.
const peak = process.resourceUsage().maxRSS * 1024;
if (costs < documents) throw new Error(`only ${costs} of ${documents} documents were planned`);
console.log(
	JSON.stringify({
		approach,
		distributions,
		lines,
		costs,
		seconds: Number(seconds.toFixed(2)),
		perSecond: Math.round(distributions / seconds),
		idleMegabytes: Math.round(idle / 1_048_576),
		peakMegabytes: Math.round(peak / 1_048_576),
	}),
);
