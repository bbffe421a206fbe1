import { GpRecordNotFound } from '../../../lib/gp/errors/refusals';
import {
	readChanges,
	type ReadChangesOptions,
	type ReadChangesParts,
} from '../../../lib/gp/reading/read-changes';
import { SHIPPED_PROFILES } from '../../../lib/gp/profiles/shipped-profiles';
import type { ChangeBatch, Watermark } from '../../../lib/model/gp-changes';
import { FakeReader } from './fake-reader';
import { type FakeClock, fakeClock } from './fake-clock';
import { firm, whole } from './listed-rows';

/* Changes of one entity, read by a reader in memory. */

export const hour = (number: number) => `2026-06-01T${String(number).padStart(2, '0')}:00:00.000Z`;
export const DAY = 86_400_000;
export const START = Date.parse('2026-06-01T20:00:00Z');
export const EMPTY: Watermark = { since: null, seen: {} };
export const CUT = { proven: false, why: 'exactly 100 rows came' } as const;

let companies = 0;
/** One entity of a company of its own: listings are remembered by their owner. */
export class Site {
	readonly reader = new FakeReader((key) => new GpRecordNotFound({ entity: 'payable', key }));
	readonly clock: FakeClock = fakeClock(START);
	readonly owner = `company ${(companies += 1)}`;
	distrusted = 0;
	parts: Partial<ReadChangesParts> = {};

	constructor(private readonly entity: 'vendor' | 'payable' = 'vendor') {}

	async read(options: Partial<ReadChangesOptions> = {}): Promise<ChangeBatch> {
		return await readChanges(
			{
				...{ entity: this.entity, company: 'TWO', owner: this.owner, reader: this.reader },
				...{ profile: PROFILE, effects: this.clock },
				requests: () => this.reader.asked.length,
				distrustFilter: () => (this.distrusted += 1),
				wanted: () => true,
				doubts: () => undefined,
				...this.parts,
			},
			{ watermark: EMPTY, limit: 10, cursor: null, ...options },
		);
	}
}
/** With stamps in UTC for certain, so that the overlap is a quarter of an hour. */
export const PROFILE = {
	...SHIPPED_PROFILES.sba,
	stamp: { ...SHIPPED_PROFILES.sba.stamp, overlapMinutes: 15 },
};
export const keys = ({ records }: ChangeBatch) => records.map(({ key }) => key);
export const firms = (count: number) =>
	Array.from({ length: count }, (_, index) => whole(firm(`V${index}`, hour(index + 1))));
export const listings = ({ asked }: FakeReader) =>
	asked.filter((one) => one.startsWith('list')).map((one) => JSON.parse(one.slice(5)) as object);
