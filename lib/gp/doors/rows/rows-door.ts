import { sameGpKey } from '../../../model/keys';
import type { Entity } from '../../../model/desired';
import { GpRowAnswerWrong, GpRowsOfOtherCompany } from '../../errors/other-doors';
import type { Normaliser } from '../../normalise/normaliser';
import { text } from '../../normalise/values';
import type { SiteProfile } from '../../profiles/site-profile';
import type { EntityReader } from '../../reading/entity-reader';
import { firstRow } from '../../reading/pages';
import type { GpSite } from '../../site';
import type { Door, DoorCapabilities } from '../door';
import { createAskRows, type AskRowsParts } from './ask-rows';
import { createRowsApplied, createRowsByValue, rowsSecondLook } from './second-look';
import { createRowsPurchasing } from './rows-purchasing';
import { createRowsReader } from './rows-reader';

const ROWS_CAPABILITIES: DoorCapabilities = {
	stamps: true,
	totals: false,
	receipts: true,
	orders: true,
	payments: true,
	applied: true,
	retainage: true,
	lacks: [
		'the company of intercompany lines once a document is in history (GP forgets it)',
		'a change of a distribution alone: it moves no change stamp',
	],
};

export interface RowsDoorParts {
	site: GpSite;
	profile: SiteProfile;
	source: AskRowsParts['source'];
	inTurn: AskRowsParts['inTurn'];
	now: AskRowsParts['now'];
	normaliserOf(entity: Entity): Normaliser;
	signal?: AbortSignal;
}

/** Rows of GP that another workflow gives: by SQL in the shipped template, by anything else where a site has it. */
export function createRowsDoor(parts: RowsDoorParts): Door {
	const { site, profile } = parts;
	const ask = createAskRows({
		source: parts.source,
		company: site.companyId,
		pageSize: profile.query.pageSize,
		inTurn: parts.inTurn,
		now: parts.now,
		...(parts.signal ? { signal: parts.signal } : {}),
	});
	let company: Promise<void> | null = null;

	/** Asked once: behind another SQL credential the rows of another company look just as good. */
	function mustBeCompany(): Promise<void> {
		if (!company) {
			company = checkCompany();
			company.catch(() => (company = null));
		}
		return company;
	}

	async function checkCompany(): Promise<void> {
		// Two rows would be two companies; nobody has more to ask for.
		let found: string[] = [];
		for await (const page of ask('company', { pageSize: 2 }, {})) {
			found = page.map(({ INTERID }) => text(INTERID) ?? '');
			break;
		}
		if (found.length !== 1)
			throw new GpRowAnswerWrong(
				{},
				'company',
				`one row was expected, and ${found.length} came: the reader has to know which company it reads`,
			);
		if (!sameGpKey(found[0], site.companyId))
			throw new GpRowsOfOtherCompany(site.companyId, found[0]!);
	}

	const readers = new Map<Entity, EntityReader>();
	const stream = (entity: Entity): EntityReader => {
		let reader = readers.get(entity);
		if (!reader) {
			reader = createRowsReader(
				{ ask, profile, historyWindow: profile.rows?.historyWindow ?? null, mustBeCompany },
				entity,
				parts.normaliserOf(entity),
			);
			readers.set(entity, reader);
		}
		return reader;
	};

	const byValue = createRowsByValue({ ask, mustBeCompany });
	const moments = {
		zone: profile.stamp.zone,
		granularity: profile.stamp.granularity,
		dateFormat: profile.dateFormat,
		dateZone: profile.dateZone,
	};
	return {
		name: 'rows',
		capabilities: ROWS_CAPABILITIES,
		stream,
		secondLook: async (entity) =>
			await rowsSecondLook({ ...parts, company: site.companyId, profile, mustBeCompany }, entity),
		knows: () => true,
		async probe() {
			await mustBeCompany();
			await firstRow(stream('vendor').list({}, { few: true, pageSize: 2 }));
			return { companies: null, company: site.companyId };
		},
		purchasing: createRowsPurchasing({
			ask,
			byValue,
			company: site.companyId,
			moments,
			mustBeCompany,
		}),
		applied: createRowsApplied(byValue, moments),
	};
}
