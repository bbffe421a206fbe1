import type { GpSite } from '../../lib/gp/site';
import type { MappingSettings } from '../../lib/mapping/types';
import type { CompanyOptions } from '../../sandbox/gp/company/company';
import type { SeededRandom } from '../../sandbox/gp/company/seeded-random';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import type { Switches as ProcoreSwitches } from '../../sandbox/procore/options';

/** How one site behaves, and how its sync is set. */
export interface Site {
	company: Partial<CompanyOptions>;
	switches: SwitchChange;
	profile?: GpSite['profile'];
	procoreSwitches: Partial<ProcoreSwitches>;
	settings: Partial<MappingSettings>;
	/** GP's clock less ours, milliseconds. */
	skewMs: number;
	batchSize: number;
}

/** A site of which the product must cope with every position of every switch. */
export function siteOf(random: SeededRandom): Site {
	return {
		company: {
			seed: `chaos ${random.integer(1, 1_000_000)}`,
			vendorCount: random.integer(9, 16),
			documentCount: random.integer(10, 30),
		},
		switches: {
			dialect: random.pick(['odata', 'odata', 'none']),
			listDetail: random.pick(['full', 'summary']),
			envelope: random.pick(['bare', 'payload', 'nested']),
			stampMode: random.pick(['utcDateTime', 'utcDateTime', 'dateOnly']),
			dateFormat: random.pick(['iso', 'wcf']),
			moneyFormat: random.pick(['number', 'text', 'object']),
			trailingBlanks: random.chance(0.5),
			maxPageSize: random.pick([10, 25, 100, 1000]),
		},
		procoreSwitches: {
			entityOrder: random.pick(['given', 'reversed']),
			syncMatchesInactiveVendor: random.chance(0.5),
		},
		settings: {
			unposted: random.pick(['leave', 'sendAsDraft']),
			freight: random.pick(['spread', 'ownLine']),
			tax: random.pick(['spread', 'ownLine']),
		},
		skewMs: random.pick([0, 0, -600_000, 600_000, 45_000]),
		batchSize: random.pick([7, 20, 500]),
	};
}
