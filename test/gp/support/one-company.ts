import { createNormaliser } from '../../../lib/gp/normalise/normaliser';
import type { EntityProfile } from '../../../lib/gp/profiles/site-profile';
import { createEntityReader } from '../../../lib/gp/reading/entity-reader';
import type { ListedRow } from '../../../lib/gp/reading/pages';
import { type GpSite, resolveProfile } from '../../../lib/gp/site';
import type { Entity } from '../../../lib/model/desired';
import type { GpRecord } from '../../../lib/model/gp-records';
import { type Answer, type Asked, servicesOf } from './services';

/* Tables of one company over OData, in memory, and a reader of one of its entities. */

export const STAMP = '2026-04-02T10:00:00.123Z';
export const header = (VCHRNMBR: string, more: object = {}) => ({
	...{ VCHRNMBR, DOCTYPE: 1, VENDORID: 'ACME', DOCNUMBR: `I-${VCHRNMBR}`, DOCAMNT: 7, VOIDED: 0 },
	...{ DOCDATE: '2026-04-01T00:00:00Z', DEX_ROW_TS: STAMP, BACHNUMB: 'B', ...more },
});
const line = (VCHRNMBR: string, DISTTYPE: number, amount = 7) => ({
	...{ VCHRNMBR, DSTSQNUM: DISTTYPE * 16_384, DISTTYPE, DSTINDX: 1, CNTRLTYP: 0 },
	...(DISTTYPE === 2 ? { DEBITAMT: 0, CRDTAMNT: amount } : { DEBITAMT: amount, CRDTAMNT: 0 }),
});
export const lines = (...vouchers: string[]) =>
	vouchers.flatMap((one) => [line(one, 2), line(one, 6)]);
export const COMPANY = {
	...{ PM10000: [header('1')], PM20000: [header('2'), header('3')], PM30200: [header('4')] },
	...{ PM10100: lines('1', '2', '3'), PM30600: lines('4') },
	...{ PM10500: [], PM30700: [], GL00105: [{ ACTINDX: 1, ACTNUMST: '000-1' }], GL00102: [] },
};
export const firm = (VENDORID: string, more: object = {}) => ({
	...{ VENDORID, VENDNAME: `Firm ${VENDORID}`, VENDSTTS: 1, HOLD: 0, DEX_ROW_TS: STAMP, ...more },
});

export function readerOf(
	answer: (asked: Asked) => Answer,
	entity: Entity = 'payable',
	site: Partial<GpSite> = {},
	change: (settings: EntityProfile) => EntityProfile = (settings) => settings,
) {
	const given = resolveProfile({ profileName: 'odata', ...site });
	const entities = { ...given.entities, [entity]: change(given.entities[entity]) };
	const profile = { ...given, entities };
	const { services, asked } = servicesOf(answer, profile);
	const normaliser = createNormaliser(entity, profile, { companyId: 'TWO' });
	const reader = createEntityReader(services, entity, normaliser);
	const list = async (filter = {}, options = {}) => {
		const listing = reader.list(filter, options);
		const found = new Map<string, ListedRow>();
		for await (const page of listing) for (const row of page) found.set(row.key, row);
		const rows = [...found.values()];
		return { rows, end: listing.end!, keys: [...found.keys()].join(' ') };
	};
	return { reader, list, asked, services };
}
export const shown = (found: Array<GpRecord | Error>) =>
	found.map((one) => (one instanceof Error ? (one as Error & { code: string }).code : one.key));
export const tablesOf = (asked: string[]) =>
	[...new Set(asked.map((one) => one.split('?')[0]))].join(' ');
