import type { Figure } from '../figure';

/** What one variant of the load measured. */
export interface Load {
	bench: string;
	records: number;
	otherwise: number;
	calls: number;
	writes: number;
	seconds: number;
	secondsAtAllowedRate: number;
	ratio: number;
	peakMegabytes: number;
	unhealthy: number;
	/** Calls of the same books sent one record at a time, and with lines nested in their document. */
	naiveCalls?: number;
	nestedCalls?: number;
}

/** Key in the JSON object, and most calls (facts: 2.5 a second are allowed). */
const VARIANTS: Record<string, { key: string; most: number; rate?: number }> = {
	'first load': { key: 'firstLoad', most: 280 },
	'a day without changes': { key: 'quietDay', most: 3 },
	'a day with one changed vendor': { key: 'oneChange', most: 3 },
	// It begins in ten seconds that the load before it used up: a process that finds them used sends more slowly
	// until it has seen some that nobody else used.
	'load of what stands there already': { key: 'adoption', most: 450, rate: 1.2 },
};

export function procoreFigures(loads: readonly Load[]): Figure[] {
	return loads.flatMap((load) => {
		const { key, most, rate = 1.05 } = VARIANTS[load.bench];
		const figure = (name: string, value: number, unit: string, more: Partial<Figure>): Figure => ({
			name: `Procore, ${load.bench}: ${name}`,
			value,
			unit,
			...more,
		});
		const whole = load.records >= 1000;
		// The writes at Procore's own batch sizes, one login, one list of the projects.
		const floorCalls = load.writes + 2;
		const figures = [
			figure('calls', load.calls, 'calls', {
				key: `procore.${key}.calls`,
				atMost: most,
				...(whole ? { floor: `${floorCalls}: the writes, a login, the projects` } : {}),
			}),
			figure('outcomes other than expected', load.otherwise, 'records', { atMost: 0 }),
			figure('health signals', load.unhealthy, 'answers', {
				key: `procore.${key}.healthSignals`,
				atMost: 0,
			}),
		];
		if (whole) {
			figures.push(
				figure('seconds at 150 ms latency', load.seconds, 's', {
					key: `procore.${key}.seconds`,
					floor: `${load.secondsAtAllowedRate} s at the allowed rate`,
				}),
				figure('seconds / calls at the allowed rate', load.ratio, 'x', {
					key: `procore.${key}.ratioToAllowedRate`,
					atMost: rate,
				}),
				figure('floor: calls', floorCalls, 'calls', { key: `procore.${key}.floorCalls` }),
				figure('floor: seconds', load.secondsAtAllowedRate, 's', {
					key: `procore.${key}.floorSeconds`,
				}),
				figure('peak memory of the process', load.peakMegabytes, 'MB', { atMost: 400 }),
			);
		}
		if (load.naiveCalls !== undefined) {
			figures.push(
				figure('one call per record', load.naiveCalls, 'calls', {
					key: `procore.${key}.naiveCalls`,
				}),
				figure('one call per record, lines nested', load.nestedCalls ?? 0, 'calls', {
					key: `procore.${key}.nestedCalls`,
				}),
				figure('fewer calls than one per record', load.naiveCalls / load.calls, 'x', {
					key: `procore.${key}.fewerThanNaive`,
					atLeast: 150,
				}),
			);
		}
		return figures;
	});
}
