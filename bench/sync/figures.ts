import type { Figure } from '../figure';
import type { SyncSize } from './run';

/** The whole sync in a real n8n by size of the company; each size beside the smallest. */
export function syncFigures(sizes: readonly SyncSize[]): Figure[] {
	const [smallest] = [...sizes].sort((left, right) => left.documents - right.documents);
	return sizes.flatMap((size) => {
		const label = size.documents >= 1000 ? `${size.documents / 1000}k` : String(size.documents);
		const figure = (
			name: string,
			field: string,
			value: number,
			unit: string,
			more: Partial<Figure> = {},
		): Figure => ({
			key: size.door === 'sba' ? `sync.${label}.${field}` : `sync.${size.door}.${label}.${field}`,
			name: `Sync of ${label} documents, ${size.door}: ${name}`,
			value: Math.round(value * 100) / 100,
			unit,
			...more,
		});
		const figures = [
			figure('first run, without waits for Procore', 'seconds', size.seconds, 's'),
			...(size.secondsWithWaits === undefined
				? []
				: [figure('first run, with them', 'secondsWithWaits', size.secondsWithWaits, 's')]),
			figure('a document', 'msPerDocument', size.perDocument, 'ms', { atMost: 10 }),
			figure(
				`n8n's peak memory, its heap held to ${size.heapMb} MB, glibc to two arenas and giving back`,
				'peakRssMb',
				size.peakRssMb,
				'MB',
			),
			figure('longest wait of the event loop', 'longestBlockMs', size.longestBlockMs, 'ms'),
			figure('longest without garbage collection', 'longestWorkMs', size.longestWorkMs, 'ms'),
			...(size.longestOursMs === undefined
				? []
				: [
						figure('longest of ours in one go', 'longestOursMs', size.longestOursMs, 'ms', {
							atMost: 250,
						}),
					]),
			figure('a run without changes', 'quietSeconds', size.quietSeconds, 's'),
			figure('a run without changes', 'quietCalls', size.quietCalls, 'calls'),
			figure("of that GP's own answers", 'quietGpSeconds', size.quietGpSeconds, 's'),
			figure('a run without changes, with whole lists', 'listingSeconds', size.listingSeconds, 's'),
			figure('unexplained', 'unexplained', Number(size.unexplained), '', { atMost: 0 }),
		];
		if (size === smallest) return figures;
		return [
			...figures,
			figure(
				'a document, against the smallest size',
				'slope',
				size.perDocument / smallest.perDocument,
				'x',
				{ atMost: 1.3, floor: 'linear: 1 x' },
			),
			figure(
				'memory, against the smallest size',
				'memoryRatio',
				size.peakRssMb / smallest.peakRssMb,
				'x',
				{
					atMost: 1.1,
				},
			),
			figure(
				'a run without changes, against the smallest size',
				'quietRatio',
				size.quietSeconds / smallest.quietSeconds,
				'x',
				// No table of GP has an index on its stamp: there the lists themselves are the measure.
				size.door === 'sql' ? {} : { atMost: 1.5 },
			),
			...(size.door === 'sql'
				? [
						figure(
							'a run without changes, against one with whole lists',
							'quietAgainstListing',
							size.quietSeconds / size.listingSeconds,
							'x',
							{ atMost: 1 },
						),
					]
				: []),
		];
	});
}
